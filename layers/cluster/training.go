package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
)

// Training is one training, step by step: it can be looked at, saved and taken
// up again between any two epochs. It is not for several goroutines at once.
type Training struct {
	task  *Task // nil where the graph is streamed
	nodes int
	o     Options
	start []int
	order []int32 // of the model's nodes; nil: the task's
	model *model
	pace  *pace
	last  float64

	// learn does Learn; nil: nothing is to be done.
	learn func(ctx context.Context, each func(step int, loss float64) error) error
	// make compiles what does the epochs.
	make   func(train.Options) (engine, error)
	closed bool

	// Set once the epochs begin.
	engine  engine
	terms   []Loss // the weights of the losses
	fade    *train.Scalar
	plateau *train.Plateau // nil for other schedules
}

// engine does the epochs of a training.
type engine interface {
	// epoch is one step, and gives the losses before it, unweighted.
	epoch() (total float64, values []float64, err error)
	// shares is S by the weights as they are, nodes×K.
	shares() ([]float32, error)
	SaveCheckpoint(file string, config json.RawMessage) error
	LoadCheckpoint(file string) (json.RawMessage, error)
	Close() error
}

// Epoch is what an epoch gave.
type Epoch struct {
	Number int // from 1
	Total  float64
	Losses []Loss // before their weights
}

// NewTraining prepares a training with the start of its clusters; nil: none.
// Learn comes next, then Step until Done.
func (t *Task) NewTraining(o Options, start []int) (*Training, error) {
	if err := o.check(t.input.Nodes); err != nil {
		return nil, err
	}
	cut, err := t.cut(start)
	if err != nil {
		return nil, err
	}
	m, err := newModel(t, o, cut)
	if err != nil {
		return nil, err
	}
	order := t.order(o, start)
	if order != nil {
		if m.input, err = reorder(t.input, t.Z.Dense, order); err != nil {
			return nil, err
		}
	}
	tr := &Training{task: t, nodes: t.input.Nodes, o: o, start: start, order: order, model: m, pace: newPace(o), last: math.NaN()}
	tr.make = tr.inMemory
	if start != nil {
		tr.learn = tr.learnStart
	}
	return tr, nil
}

// Learn makes the model's clusters like those of the start, by o.StartSteps
// steps of cross entropy; each is told of every step. Without a start it does
// nothing. Of a Streamed the start is k-means of 20,000 nodes at most, where
// o.Init asks for it. After an epoch, or a checkpoint, it is too late and errs.
func (tr *Training) Learn(ctx context.Context, each func(step int, loss float64) error) error {
	if tr.learn == nil || tr.o.StartSteps == 0 {
		return nil
	}
	if tr.engine != nil {
		return errors.New("cluster: Learn after the first epoch, want it before")
	}
	return tr.learn(ctx, each)
}

// learnStart is Learn on a graph in memory.
func (tr *Training) learnStart(_ context.Context, each func(step int, loss float64) error) error {
	input, labels := tr.task.startInput(tr.start, tr.o)
	sc, _, out, err := tr.model.build(input, true)
	if err != nil {
		return err
	}
	return tr.model.learn(sc, out.Selection.Logits, labels, tr.o.StartSteps, tr.o.startRate(), each)
}

// Done tells whether all epochs are done, or the loss has settled.
func (tr *Training) Done() bool { return tr.pace.done() }

// Epochs is the number of epochs done.
func (tr *Training) Epochs() int { return tr.pace.epochs }

// Step is one epoch.
func (tr *Training) Step() (Epoch, error) {
	if err := tr.begin(); err != nil {
		return Epoch{}, err
	}
	if err := tr.fade.Set(tr.pace.weight()); err != nil {
		return Epoch{}, err
	}
	total, values, err := tr.engine.epoch()
	if err != nil {
		return Epoch{}, err
	}
	tr.last = total
	tr.pace.step(total)
	if tr.plateau != nil {
		if err := tr.plateau.Observe(total); err != nil {
			return Epoch{}, err
		}
	}
	e := Epoch{Number: tr.pace.epochs, Total: total}
	for i, v := range values {
		e.Losses = append(e.Losses, Loss{tr.terms[i].Name, v})
	}
	return e, nil
}

// begin compiles what does the epochs.
func (tr *Training) begin() (err error) {
	if tr.engine != nil {
		return nil
	}
	if tr.closed {
		return errors.New("cluster: an epoch after Close, want it before")
	}
	options := tr.o.Training
	options.Outputs = nil
	if options.Rate == nil {
		options.Rate = tr.o.schedule()
		tr.plateau, _ = options.Rate.(*train.Plateau)
	}
	tr.engine, err = tr.make(options)
	return err
}

// undo gives up what begin compiled, where it did, as if it had not begun.
func (tr *Training) undo() error {
	e := tr.engine
	tr.engine, tr.terms, tr.fade, tr.plateau = nil, nil, nil, nil
	if e == nil {
		return nil
	}
	return e.Close()
}

// weigh gives the losses of a graph their weights, and those that fade a scale.
func (tr *Training) weigh(g *G.ExprGraph, dt tensor.Dtype, terms []losses.Term) (err error) {
	if tr.fade, err = train.NewScalar(g, "fade", dt, 1); err != nil {
		return err
	}
	tr.terms = nil
	for i, l := range terms {
		if w, ok := tr.o.Weights[l.Name]; ok {
			terms[i].Weight = w
		}
		if slices.Contains(tr.o.Method.PerNode, l.Name) {
			terms[i].Weight /= float64(tr.nodes)
		}
		if slices.Contains(tr.o.Method.Fading, l.Name) {
			terms[i].Scale = tr.fade.Node()
		}
		tr.terms = append(tr.terms, Loss{l.Name, terms[i].Weight})
	}
	return nil
}

// Trained is the model as it is now, and its clusters.
func (tr *Training) Trained() (*Trained, error) {
	shares, err := tr.shares()
	if err != nil {
		return nil, err
	}
	if tr.order != nil {
		shares = restore(shares, tr.o.K, tr.order)
	}
	return &Trained{
		Shares: shares, Clusters: argmax(shares, tr.o.K), Loss: tr.last, Epochs: tr.pace.epochs,
		Store: tr.model.store, Layers: tr.model.layers,
	}, nil
}

// shares is S as it is now. A graph in memory needs no engine for it.
func (tr *Training) shares() ([]float32, error) {
	if tr.engine == nil && tr.task != nil {
		return tr.model.shares()
	}
	if err := tr.begin(); err != nil {
		return nil, err
	}
	return tr.engine.shares()
}

// Weights are those of the losses in their order, before any fades; none
// before the first epoch.
func (tr *Training) Weights() []Loss { return slices.Clone(tr.terms) }

// state is what a checkpoint has beside weights and moments.
type state struct {
	Epochs int             `json:"epochs"`
	Held   int             `json:"held"`
	Best   *float64        `json:"best"` // nil: none yet
	BestAt int             `json:"best_at"`
	Last   float64         `json:"last"`
	Rate   json.RawMessage `json:"plateau,omitempty"` // of a train.Plateau; none: another schedule
	Config json.RawMessage `json:"config,omitempty"`
}

// SaveCheckpoint writes the training as it is after an epoch to a file, whole
// or not at all, with config, any JSON value (nil for none). A training of the
// same task and options that loads it goes on to the same bits.
func (tr *Training) SaveCheckpoint(file string, config json.RawMessage) error {
	if tr.engine == nil {
		return errors.New("cluster: a checkpoint before the first epoch, want it after one")
	}
	s := state{Epochs: tr.pace.epochs, Held: tr.pace.held, BestAt: tr.pace.bestAt, Last: tr.last, Config: config}
	if !math.IsInf(tr.pace.best, 0) {
		s.Best = &tr.pace.best
	}
	var err error
	if tr.plateau != nil {
		s.Rate, err = json.Marshal(tr.plateau)
	}
	meta, err2 := json.Marshal(s)
	if err = errors.Join(err, err2); err != nil {
		return fmt.Errorf("cluster: checkpoint: %w", err)
	}
	return tr.engine.SaveCheckpoint(file, meta)
}

// LoadCheckpoint takes up a training that was saved, in place of Learn and the
// epochs so far, and returns its config. On an error nothing has changed.
func (tr *Training) LoadCheckpoint(file string) (config json.RawMessage, err error) {
	s, err := tr.stateIn(file)
	if err != nil {
		return nil, err
	}
	if tr.engine == nil {
		defer func() {
			if err != nil && tr.engine != nil {
				err = errors.Join(err, tr.undo())
			}
		}()
	}
	if err := tr.begin(); err != nil {
		return nil, err
	}
	if _, err := tr.engine.LoadCheckpoint(file); err != nil {
		return nil, err
	}
	if tr.plateau != nil {
		if err := json.Unmarshal(s.Rate, tr.plateau); err != nil { // stateIn has read it
			return nil, err
		}
	}
	p := tr.pace
	p.epochs, p.held, p.bestAt, p.best, tr.last = s.Epochs, s.Held, s.BestAt, math.Inf(1), s.Last
	if s.Best != nil {
		p.best = *s.Best
	}
	return s.Config, nil
}

// stateIn is the state in a checkpoint that a training of these options saved.
func (tr *Training) stateIn(file string) (s state, err error) {
	meta, err := train.CheckpointConfig(file)
	if err != nil {
		return s, err
	}
	plateau := false
	if tr.o.Training.Rate == nil {
		_, plateau = tr.o.schedule().(*train.Plateau)
	}
	if s, err = stateOf(meta); err != nil || s.Held < 0 || s.Held > tr.o.Epochs || (s.Rate != nil) != plateau {
		return s, fmt.Errorf("cluster: %s: the checkpoint is of another program or of other options", file)
	}
	if plateau {
		if err := json.Unmarshal(s.Rate, &train.Plateau{}); err != nil {
			return s, fmt.Errorf("cluster: %s: %w", file, err)
		}
	}
	return s, nil
}

// stateOf is what a checkpoint has beside weights and moments.
func stateOf(meta json.RawMessage) (s state, err error) {
	if err = json.Unmarshal(meta, &s); err == nil && s.Epochs < 0 {
		err = fmt.Errorf("epochs = %d, want at least 0", s.Epochs)
	}
	return s, err
}

// CheckpointConfig is the config that [Training.SaveCheckpoint] was given.
func CheckpointConfig(file string) (json.RawMessage, error) {
	meta, err := train.CheckpointConfig(file)
	if err != nil {
		return nil, err
	}
	s, err := stateOf(meta)
	if err != nil {
		return nil, fmt.Errorf("cluster: checkpoint %s: %w", file, err)
	}
	return s.Config, nil
}

// LoadWeights takes the weights of a training that is done, as its store saved
// them, in place of Learn and all epochs.
func (tr *Training) LoadWeights(file string) error {
	if err := tr.begin(); err != nil {
		return err
	}
	if err := tr.model.store.Load(file); err != nil {
		return err
	}
	tr.pace.epochs = tr.pace.held + tr.pace.fading()
	return nil
}

// Close gives up the compiled graph, and all memory of the epochs. Trained of a
// Task has the model as before; Step, Weights, and Trained of a Streamed come
// before Close.
func (tr *Training) Close() error {
	tr.closed = true
	return tr.undo()
}
