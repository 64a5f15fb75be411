package state

import (
	"context"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/progress"
)

// Epochs takes in the epochs of one restart.
type Epochs struct {
	Show    progress.Display
	State   *State // nil: no checkpoints
	Restart int    // counted from 0

	History outcome.History
	Steps   []float64 // seconds of each
}

// Taking is the OnEpoch of [model.Job] that checks, notes, shows and saves what an epoch
// gave. After a signal, which ends ctx, it ends the training.
func (e *Epochs) Taking(ctx context.Context) func(epoch int, r model.EpochResult, t model.Saver) error {
	return func(epoch int, r model.EpochResult, t model.Saver) error {
		if err := r.Check(epoch); err != nil {
			return err
		}
		e.History.Add(r)
		e.Steps = append(e.Steps, r.Seconds)
		e.Show.Epoch(e.Restart, epoch, e.History.Names, e.History.Last())
		stopping := ctx.Err() != nil
		if err := e.State.Checkpoint(t, e.Restart, epoch, e.History, stopping); err != nil {
			return err
		}
		if stopping {
			return model.ErrStop
		}
		return nil
	}
}
