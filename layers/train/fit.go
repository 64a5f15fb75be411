package train

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// ErrStop is what FitOptions.OnEpoch returns to end a training early.
var ErrStop = errors.New("train: stopped")

// FitOptions says how [Fit] trains.
type FitOptions struct {
	Training   *modes.Loader // what is trained on
	Validation *modes.Loader // what is looked at after each epoch; nil: nothing
	Epochs     int           // at most, at least 1
	Solver     G.Solver
	Options    Options // of each trainer, without Outputs

	// Score is the figure of an epoch, of the validation part; nil: its loss, or
	// that of the training where there is no validation part.
	Score   func(Predictions) (float64, error)
	Plateau *Plateau       // the rate, which observes the figures; nil: Options.Rate, or the solver's own
	Stop    *EarlyStopping // observes the figures; at the end the best weights are put back; nil: none

	// OnEpoch is called after each epoch; an error ends the training, ErrStop
	// without one.
	OnEpoch func(Epoch) error

	// Checkpoint is a file that is written after each epoch, with file.best
	// beside it where Stop is set; empty: none. Resume goes on from it: to the
	// same bits as a training that was not interrupted.
	Checkpoint string
	Resume     bool
}

// Epoch is what an epoch gave.
type Epoch struct {
	Number     int     // from 0
	Loss       float64 // the mean over the graphs of the training part, before the steps
	Validation float64 // the mean over the graphs of the validation part; 0 without one
	Figure     float64 // the score
}

// Fitted is what Fit gives.
type Fitted struct {
	History  []Epoch
	Compiled int // compiled graphs of training
}

// Fit trains a model: in each epoch one step for each batch of the training
// part, and then a look at the validation part. [Runner], [Predictor], [Plateau] and
// [EarlyStopping] are its parts, for loops of your own.
//
// Validation and score may be infinite, or NaN where neither Plateau nor Stop is
// set. With an error come the epochs done before it.
//
// Equal seeds of store and loader give the same bits, at any number of threads.
func Fit(store *param.Store, build Build, o FitOptions) (out Fitted, err error) {
	if err := o.check(); err != nil {
		return out, err
	}
	if o.Plateau != nil {
		o.Options.Rate = o.Plateau
	}
	f := &fit{FitOptions: o, store: store}
	if f.runner, err = NewRunner(store, build, o.Solver, o.Options); err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, f.runner.Close()) }()
	if f.predictor, err = NewPredictor(store, build); err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, f.predictor.Close()) }()
	if o.Resume {
		if err := f.resume(); err != nil {
			return out, err
		}
	}
	if err = f.run(); err == nil && o.Stop != nil {
		err = o.Stop.Restore(store)
	}
	return Fitted{History: f.history, Compiled: f.runner.Compiled()}, err
}

func (o FitOptions) check() error {
	switch {
	case o.Training == nil:
		return errors.New("train: fit: Training is nil, want a loader")
	case o.Epochs < 1:
		return fmt.Errorf("train: fit: Epochs = %d, want at least 1", o.Epochs)
	case o.Score != nil && o.Validation == nil:
		return errors.New("train: fit: Score is set, want Validation, which it is of")
	case o.Plateau != nil && o.Options.Rate != nil:
		return errors.New("train: fit: Plateau and Options.Rate are set, want one of them")
	case o.Resume && o.Checkpoint == "":
		return errors.New("train: fit: Resume is set, want Checkpoint, the file to go on from")
	}
	return nil
}

// fit is a training that runs.
type fit struct {
	FitOptions
	store     *param.Store
	runner    *Runner
	predictor *Predictor
	history   []Epoch
	stopped   bool
}

func (f *fit) run() error {
	for len(f.history) < f.Epochs && !f.stopped {
		e, err := f.epoch(len(f.history))
		if err != nil {
			return err
		}
		f.history = append(f.history, e)
		if f.Checkpoint != "" {
			if err := f.save(); err != nil {
				return err
			}
		}
		if f.OnEpoch == nil {
			continue
		}
		if err := f.OnEpoch(e); errors.Is(err, ErrStop) {
			f.stopped = true
		} else if err != nil {
			return err
		}
	}
	return nil
}

// epoch trains one epoch and observes its figure.
func (f *fit) epoch(number int) (e Epoch, err error) {
	e.Number = number
	if e.Loss, err = f.runner.Epoch(f.Training, number); err != nil {
		return e, err
	}
	e.Figure = e.Loss
	if f.Validation != nil {
		p, err := f.predictor.Run(f.Validation)
		if err != nil {
			return e, err
		}
		e.Validation, e.Figure = p.Loss, p.Loss
		if f.Score != nil {
			if e.Figure, err = f.Score(p); err != nil {
				return e, fmt.Errorf("train: fit: score: %w", err)
			}
		}
	}
	if f.Plateau != nil {
		if err := f.Plateau.Observe(e.Figure); err != nil {
			return e, err
		}
	}
	if f.Stop != nil {
		f.stopped, err = f.Stop.Observe(f.store, e.Figure)
	}
	return e, err
}
