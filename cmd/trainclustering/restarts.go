package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/machine"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/progress"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/state"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/layers/cluster"
)

// trainRestarts trains o.Restarts times and keeps the lowest training loss, the
// earlier restart where two are equal. One that diverges is noted, and the others
// go on. An interrupt ends the training after the epoch; what there is by then is
// kept, and so are the restarts before one that fails for another reason, which
// may be at fault in the others too. Where checkpoints have them, the failure ends
// it, and --resume tries again. job has the graph of so many nodes.
func (p *program) trainRestarts(ctx context.Context, job model.Job, nodes int, o options.Train, st *state.State, clock *outcome.Clock) (*outcome.Best, error) {
	show := p.display(o)
	defer show.Stop()
	best := &outcome.Best{}
	job.OnPhase = func(ph cluster.Phase) {
		machine.FreeBetween(nodes)
		clock.Begin(string(ph))
	}
	for restart := range o.Restarts {
		job.Config = o.Config
		job.Config.Seed = outcome.RestartSeed(o.Seed, restart)
		run := &restartRun{Epochs: state.Epochs{Show: show, State: st, Restart: restart}, ctx: ctx, restarts: o.Restarts}
		fit, err := p.trainRestart(run, job, nodes)
		best.Steps = append(best.Steps, run.Steps...)
		machine.FreeBetween(nodes) // what the training took
		if d := model.DivergenceOf(err); d != nil {
			if err := st.Diverged(restart, d); err != nil {
				return nil, err
			}
			best.Diverge(run.diverged(d))
			if o.Restarts > 1 {
				show.Note(run.diverged(d) + ", left out")
			}
			continue
		}
		if ctx.Err() != nil && err != nil && best.Fit != nil { // before its first epoch
			best.Interrupted = fmt.Sprintf("restart %d of %d", restart, o.Restarts)
			break
		}
		if err != nil {
			if best.Failed = run.failure(err); best.Fit == nil || st != nil || !ofTrainer(err) {
				return nil, best.Failed
			}
			break
		}
		clusters, _ := outcome.Harden(fit.Shares, nodes, o.K)
		best.Take(restart, job.Config.Seed, fit, run.History, clusters)
		if fit.Stopped {
			best.StoppedIn = len(run.History.Rows)
			best.Interrupted = fmt.Sprintf("epoch %d%s", len(run.History.Rows), run.restartName())
			break
		}
	}
	return best, allDiverged(best)
}

// ofTrainer tells whether an error came from the trainer, such as one of reading a
// store, and not from what stands around it.
func ofTrainer(err error) bool {
	var f *failure.Failure
	return !errors.As(err, &f)
}

// trainRestart trains once, from what the checkpoints have of it, and saves what
// is done.
func (p *program) trainRestart(run *restartRun, job model.Job, nodes int) (fit *model.Fit, err error) {
	job.OnEpoch = run.Taking(run.ctx)
	if run.History, err = run.State.Prepare(&job, run.Restart); err != nil {
		return nil, err
	}
	if fit, err = p.train(run.ctx, job); err != nil {
		return nil, err
	}
	if err := model.CheckShares(fit.Shares, nodes, job.Config.K); err != nil {
		return nil, err
	}
	if len(run.History.Rows) == 0 {
		return nil, failure.Failedf("the training ended without an epoch")
	}
	if fit.Stopped {
		return fit, nil
	}
	return fit, run.State.Finish(fit, run.Restart, run.History)
}

// allDiverged errs where there is nothing to keep.
func allDiverged(best *outcome.Best) error {
	switch n := len(best.Diverged); {
	case best.Fit != nil || n == 0:
		return nil
	case n == 1:
		return failure.Failedf("%s", best.Diverged[0]).WithHint(lowerRate)
	default:
		return failure.Failedf("all %d restarts diverged; %s", n, best.Diverged[0]).WithHint(lowerRate)
	}
}

// lowerRate is the hint for trainings that diverge.
const lowerRate = "a lower --lr may help"

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

// restartRun is one restart under way, with the epochs that it had.
type restartRun struct {
	state.Epochs
	ctx      context.Context
	restarts int
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
	if d := model.DivergenceOf(err); d != nil {
		return failure.Failedf("%s", r.diverged(d)).WithHint(lowerRate)
	}
	return failure.Failedf("training%s: %w", r.restartName(), err).WithHint("%s", r.resumeHint())
}

// resumeHint says that checkpoints have what was done before a failure.
func (r *restartRun) resumeHint() string {
	if r.State == nil {
		return ""
	}
	return "the same command with --resume continues from the last checkpoint"
}

// diverged says what became of a restart that diverged.
func (r *restartRun) diverged(d *model.Divergence) string { return d.Error() + r.restartName() }

// restartName names the restart where there are several.
func (r *restartRun) restartName() string {
	if r.restarts == 1 {
		return ""
	}
	return " of restart " + text.Grouped(r.Restart+1) + " of " + text.Grouped(r.restarts)
}
