package main

import (
	"context"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/progress"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/state"
)

// display is how the progress shows: as lines, or not under --quiet.
func (p *program) display(o options.Train) progress.Display {
	if o.Quiet {
		return progress.Silent{}
	}
	return progress.NewLines(p.log, 1, o.Epochs)
}

// epochs takes in what the epochs gave.
type epochs struct {
	ctx     context.Context
	state   *state.State
	show    progress.Display
	history outcome.History
	seconds []float64
}

// epoch notes an epoch and saves the training. After a signal it ends it.
func (e *epochs) epoch(number int, r model.EpochResult, t model.Saver) error {
	if err := r.Check(number); err != nil {
		return err
	}
	e.history.Add(r)
	e.seconds = append(e.seconds, r.Seconds)
	e.show.Epoch(0, number, e.history.Names, e.history.Last())
	stopping := e.ctx.Err() != nil
	if err := e.state.Checkpoint(t, 0, number, e.history, stopping); err != nil {
		return err
	}
	if stopping {
		return model.ErrStop
	}
	return nil
}
