package main

import (
	"context"
	"math"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
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

// epoch notes an epoch and saves the training.
func (e *epochs) epoch(number int, r model.EpochResult, t model.Saver) error {
	if math.IsNaN(r.Total) || math.IsInf(r.Total, 0) {
		return failure.Failedf("the total loss became %g in epoch %d", r.Total, number).WithHint("a lower --lr may help")
	}
	e.history.Add(r)
	e.seconds = append(e.seconds, r.Seconds)
	e.show.Epoch(0, number, e.history.Names, e.history.Last())
	if err := e.state.Checkpoint(t, 0, number, e.history, e.ctx.Err() != nil); err != nil {
		return err
	}
	return e.ctx.Err()
}
