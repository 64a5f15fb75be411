package main

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/machine"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/progress"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/state"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/layers/train"
)

// trainRestarts trains o.Restarts times and keeps the lowest training loss, the
// earlier restart where two are equal. An interrupt ends the training after the
// epoch; what there is by then is kept. job has the graph of so many nodes.
func (p *program) trainRestarts(ctx context.Context, job model.Job, nodes int, o options.Train, st *state.State, clock *outcome.Clock) (*outcome.Best, error) {
	show := p.display(o)
	defer show.Stop()
	best := &outcome.Best{}
	var totals, steps []float64
	var found [][]int
	for restart := range o.Restarts {
		cfg := o.Config
		cfg.Seed = outcome.RestartSeed(o.Seed, restart)
		run := &restartRun{ctx: ctx, show: show, restart: restart, restarts: o.Restarts, state: st}
		job := job
		job.Config, job.OnEpoch = cfg, run.epoch
		job.OnPhase = func(ph cluster.Phase) {
			machine.FreeBetween(nodes)
			clock.Begin(string(ph))
		}
		var err error
		if run.history, err = st.Prepare(&job, restart); err != nil {
			return nil, err
		}
		fit, err := p.train(ctx, job)
		if ctx.Err() != nil && err != nil && restart > 0 { // before its first epoch
			best.Interrupted = fmt.Sprintf("restart %d of %d", restart, o.Restarts)
			break
		}
		if err != nil {
			return nil, run.failure(err)
		}
		machine.FreeBetween(nodes) // what the training took
		if err := checkAssignments(fit.Shares, nodes, o.K); err != nil {
			return nil, err
		}
		if len(run.history.Rows) == 0 {
			return nil, failure.Failedf("the training ended without an epoch")
		}
		if !fit.Stopped {
			if err := st.Finish(fit, restart, run.history); err != nil {
				return nil, err
			}
		}
		clusters, _ := outcome.Harden(fit.Shares, nodes, o.K)
		totals, steps, found = append(totals, run.history.Total()), append(steps, run.steps...), append(found, clusters)
		stopped := fit.Stopped
		if restart == 0 || totals[restart] < best.History.Total() {
			best = &outcome.Best{Fit: fit, Restart: restart, Seed: cfg.Seed, History: run.history}
		}
		if stopped {
			best.Partial = true
			best.Interrupted = fmt.Sprintf("epoch %d%s", len(run.history.Rows), run.restartName())
			break
		}
	}
	best.Totals, best.Steps, best.Found = totals, steps, found
	return best, nil
}

// display picks how the progress shows: a bar on a terminal, plain lines
// elsewhere, and nothing under --quiet.
func (p *program) display(o options.Train) progress.Display {
	switch {
	case o.Quiet:
		return progress.Silent{}
	case p.terminal && !p.jsonLog:
		return progress.NewBar(p.stderr, o.Restarts, o.Epochs)
	}
	return progress.NewLines(p.log, o.Restarts, o.Epochs)
}

// restartRun takes in the epochs of one restart.
type restartRun struct {
	ctx               context.Context
	show              progress.Display
	state             *state.State // nil: no checkpoints
	restart, restarts int
	history           outcome.History
	steps             []float64
}

// epoch is the model.EpochFunc: it checks, notes and shows what an epoch gave.
func (r *restartRun) epoch(epoch int, e model.EpochResult, t model.Saver) error {
	for _, l := range e.Losses {
		if math.IsNaN(l.Value) || math.IsInf(l.Value, 0) {
			return r.diverged(l.Name, l.Value, epoch)
		}
	}
	if math.IsNaN(e.Total) || math.IsInf(e.Total, 0) {
		return r.diverged("total", e.Total, epoch)
	}
	r.history.Add(e)
	r.steps = append(r.steps, e.Seconds)
	r.show.Epoch(r.restart, epoch, r.history.Names, r.history.Last())
	stopping := r.ctx.Err() != nil
	if err := r.state.Checkpoint(t, r.restart, epoch, r.history, stopping); err != nil {
		return err
	}
	if stopping {
		return model.ErrStop
	}
	return nil
}

// failure keeps a failure as it is and words the rest.
func (r *restartRun) failure(err error) error {
	var f *failure.Failure
	if errors.As(err, &f) {
		return f
	}
	if r.ctx.Err() != nil {
		return failure.Interruptedf(r.ctx, "interrupted before the first epoch; nothing was written")
	}
	var l *train.LossError
	if errors.As(err, &l) {
		return r.diverged("total", l.Loss, l.Step+1)
	}
	return failure.Failedf("training: %w", err)
}

func (r *restartRun) diverged(name string, v float64, epoch int) error {
	return failure.Failedf("the %s loss became %g in epoch %d%s", name, v, epoch, r.restartName()).WithHint("a lower --lr may help")
}

// restartName names the restart where there are several.
func (r *restartRun) restartName() string {
	if r.restarts == 1 {
		return ""
	}
	return " of restart " + text.Grouped(r.restart+1) + " of " + text.Grouped(r.restarts)
}

// checkAssignments makes sure of what the rest relies on: a finite n × k matrix.
func checkAssignments(assign []float32, n, k int) error {
	if len(assign) != n*k {
		return failure.Failedf("the training gave %d numbers, want %d × %d", len(assign), n, k)
	}
	for i, v := range assign {
		if v != v || math.IsInf(float64(v), 0) {
			return failure.Failedf("the training gave node %d the assignment %g", i/k, v).WithHint("a lower --lr may help")
		}
	}
	return nil
}
