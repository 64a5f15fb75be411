package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/machine"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/sharding"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/state"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train/stream"
	"github.com/graphpool/graphpool/modes/shard"
)

// program is the command with all that it touches of its surroundings.
type program struct {
	stdout, stderr io.Writer
	log            *slog.Logger
	typed          string   // the command line
	beamFlags      []string // behind --
	retries        int
	timeout        time.Duration // of a pass
}

// train is the whole command.
func (p *program) train(ctx context.Context, cmd *cli.Command) (err error) {
	began := time.Now()
	o, err := p.read(cmd)
	if err != nil {
		return err
	}
	clock := outcome.ClockOf(o)
	if err := o.CheckFolder(); err != nil {
		return err
	}
	store, err := sharding.Open(o.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := o.SettleStore(store.Meta()); err != nil {
		return err
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(o.Threads)) // 0 changes nothing
	o.Threads = runtime.GOMAXPROCS(0)
	if err := startBeam(p.beamFlags, p.beamLog(cmd)); err != nil {
		return err
	}
	dir, remove, err := folder(cmd.String("dir"))
	if err != nil {
		return failure.Failedf("--dir: %w", err)
	}
	defer func() { err = errors.Join(err, remove()) }()
	return p.onStore(ctx, o, store, dir, began, clock)
}

// onStore trains on a store that serves, with the files of the passes in a folder.
func (p *program) onStore(ctx context.Context, o options.Train, store *shard.Store, dir string, began time.Time, clock *outcome.Clock) (err error) {
	if err := sharding.CheckNodes(ctx, store); err != nil {
		return err
	}
	digest, err := state.StoreDigest(store.Meta())
	if err != nil {
		return err
	}
	st, err := state.Open(o, digest)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	best, err := p.fit(ctx, o, store, st, dir, digest, clock)
	if err != nil {
		return err
	}
	res, err := outcome.NewStored(ctx, o.Data, store, o, best, clock)
	if err != nil {
		return err
	}
	res.RunsOnce = true
	res.Command, res.Seconds, res.PeakRSS = p.typed, time.Since(began).Seconds(), machine.PeakRSS()
	return p.finish(ctx, res, store, st)
}

// folder makes a new folder in the one asked for, and says how to remove it.
// Beam's files for a time go there as well: its runner for this machine leaves
// one behind at every job.
func folder(asked string) (dir string, remove func() error, err error) {
	if asked != "" {
		if asked, err = filepath.Abs(asked); err == nil {
			err = os.MkdirAll(asked, 0o755)
		}
	}
	if err == nil {
		dir, err = os.MkdirTemp(asked, "trainclustering-beam-*")
	}
	if err != nil {
		return "", nil, err
	}
	before, was := os.LookupEnv("TMPDIR")
	if err := os.Setenv("TMPDIR", dir); err != nil {
		return "", nil, err
	}
	return dir, func() error {
		reset := os.Unsetenv("TMPDIR")
		if was {
			reset = os.Setenv("TMPDIR", before)
		}
		return errors.Join(reset, os.RemoveAll(dir))
	}, nil
}

// fit trains the model. A signal ends it after the epoch, whose passes go on: the
// result needs one more. Another signal ends the process.
func (p *program) fit(ctx context.Context, o options.Train, store *shard.Store, st *state.State, dir, digest string, clock *outcome.Clock) (*outcome.Best, error) {
	data, err := filepath.Abs(o.Data)
	if err != nil {
		return nil, err
	}
	by := newPasses(context.WithoutCancel(ctx), store, data, digest, o.Config, cmp.Or(o.Partitions, o.Threads), dir)
	by.retries, by.wait, by.timeout = p.retries, time.Second, p.timeout
	if !o.Quiet {
		by.log = p.log
	}
	e := &state.Epochs{Show: p.display(o), State: st}
	defer e.Show.Stop()
	job := model.Job{
		Store: store, Config: o.Config, OnEpoch: e.Taking(ctx), OnPhase: func(ph cluster.Phase) { clock.Begin(string(ph)) },
		Passes: func(w *param.Store) (stream.Passes, error) {
			by.weights = w
			return by, nil
		},
	}
	if e.History, err = st.Prepare(&job, 0); err != nil {
		return nil, failed(err)
	}
	if ctx.Err() != nil {
		return nil, failure.Interruptedf(ctx, "interrupted before the first epoch; nothing was written")
	}
	fit, err := model.NewTrainer()(ctx, job)
	if d := model.DivergenceOf(err); d != nil {
		err = cmp.Or(st.Diverged(0, d), err) // --resume would come to the same
	}
	if err != nil {
		return nil, failed(err)
	}
	return bestOf(fit, o, e, int(store.Meta().Nodes))
}

// bestOf is the one run as outcome takes it.
func bestOf(fit *model.Fit, o options.Train, e *state.Epochs, nodes int) (*outcome.Best, error) {
	if err := model.CheckShares(fit.Shares, nodes, o.K); err != nil {
		return nil, failed(err)
	}
	clusters, _ := outcome.Harden(fit.Shares, nodes, o.K)
	best := &outcome.Best{Steps: e.Steps}
	best.Take(0, o.Seed, fit, e.History, clusters)
	if fit.Stopped {
		best.StoppedIn, best.Interrupted = len(e.History.Rows), fmt.Sprintf("epoch %d", len(e.History.Rows))
	}
	return best, nil
}

func failed(err error) error {
	var f *failure.Failure
	if errors.As(err, &f) {
		return f
	}
	if d := model.DivergenceOf(err); d != nil {
		return failure.Failedf("%w", d).WithHint("a lower --lr may help")
	}
	return failure.Failedf("training: %w", err).WithHint("--beam-log shows what Beam says of it")
}

// finish writes and tells the result.
func (p *program) finish(ctx context.Context, res *outcome.Result, store *shard.Store, st *state.State) error {
	return st.Deliver(ctx, res, p.stdout,
		func() error { return outcome.WriteStored(context.WithoutCancel(ctx), res, store) },
		func() error { return p.show(res, store) })
}

// show prints what was asked for to standard output.
func (p *program) show(res *outcome.Result, store *shard.Store) error {
	switch o := res.Options; {
	case o.JSON:
		return metricsfile.Write(p.stdout, outcome.MetricsFile(res))
	case o.Out == options.Stream:
		return outcome.WriteStoredAssignments(p.stdout, res, store, options.FormatNamed(o.Formats[0]).Kind)
	case o.Quiet:
		return nil
	}
	_, err := fmt.Fprint(p.stdout, outcome.Summary(res, text.Style{}))
	return err
}
