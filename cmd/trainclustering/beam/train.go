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
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outdir"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/state"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
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
	if o.HasFolder() {
		if err := outdir.Check(o.Out, o.OutputNames()); err != nil {
			return err
		}
	}
	store, err := shard.Open(o.Data)
	if err != nil {
		return failure.Failedf("--data = %s: %w", text.Quote(o.Data), err)
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := checkStore(&o, store.Meta()); err != nil {
		return err
	}
	if err := startBeam(p.beamFlags, p.beamLog(cmd)); err != nil {
		return err
	}
	dir, remove, err := folder(cmd.String("dir"))
	if err != nil {
		return failure.Failedf("--dir: %w", err)
	}
	defer func() { err = errors.Join(err, remove()) }()
	o.Threads = runtime.GOMAXPROCS(0)
	digest, err := state.StoreDigest(store.Meta())
	if err != nil {
		return err
	}
	st, err := state.Open(o, digest)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	best, err := p.fit(ctx, o, store, st, dir, digest)
	if err != nil {
		return err
	}
	res, err := outcome.NewStored(o.Data, store, o, best, nil)
	if err != nil {
		return err
	}
	res.Command, res.Seconds, res.PeakRSS = p.typed, time.Since(began).Seconds(), machine.PeakRSS()
	return p.finish(ctx, res, store, st)
}

// checkStore finds what the store cannot serve, and sets k.
func checkStore(o *options.Train, m shard.Meta) error {
	hops, err := o.StoreHops()
	if err != nil {
		return err
	}
	if o.K == 0 {
		o.K = options.DefaultClusters
	}
	switch {
	case m.Features == 0:
		return failure.Failedf("%s has no features, want a store of a graph with features", text.Quote(o.Data))
	case int64(o.K) > m.Nodes:
		return failure.Usagef("--k = %d, want 1 to %d, the number of nodes", o.K, m.Nodes)
	case hops > m.Propagated:
		return failure.Failedf("%s has features propagated over %s, and the training reads %d", text.Quote(o.Data), text.Plural(m.Propagated, "hop"), hops).
			WithHint("trainclustering shard --hops %d makes such a store", hops)
	}
	return nil
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

// fit trains the model.
func (p *program) fit(ctx context.Context, o options.Train, store *shard.Store, dir string) (*outcome.Best, *state.State, error) {
	digest, err := state.StoreDigest(store.Meta())
	if err != nil {
		return nil, nil, err
	}
	st, err := state.Open(o, digest)
	if err != nil {
		return nil, nil, err
	}
	data, err := filepath.Abs(o.Data)
	if err != nil {
		return nil, nil, err
	}
	by := newPasses(ctx, store, data, digest, o.Config, cmp.Or(o.Partitions, runtime.GOMAXPROCS(0)), dir)
	by.retries, by.wait, by.timeout = p.retries, time.Second, p.timeout
	if !o.Quiet {
		by.log = p.log
	}
	job := model.Job{Store: store, Config: o.Config, Passes: func(w *param.Store) (stream.Passes, error) {
		by.weights = w
		return by, nil
	}}
	e := &epochs{ctx: ctx, state: st, show: p.display(o)}
	defer e.show.Stop()
	job.OnEpoch = e.epoch
	if e.history, err = st.Prepare(&job, 0); err != nil {
		return nil, nil, err
	}
	fit, err := model.NewTrainer()(ctx, job)
	switch {
	case ctx.Err() != nil && err != nil:
		return nil, nil, failure.Interruptedf(ctx, "interrupted after %s", text.Plural(len(e.history.Rows), "epoch")).
			WithHint("%s", "--state DIR keeps checkpoints, from which --resume goes on")
	case err != nil:
		return nil, nil, failed(err)
	}
	clusters, _ := outcome.Harden(fit.Shares, int(store.Meta().Nodes), o.K)
	return &outcome.Best{
		Fit: fit, Seed: o.Seed, History: e.history, Totals: []float64{e.history.Total()}, Steps: e.seconds, Found: [][]int{clusters},
	}, st, nil
}

func failed(err error) error {
	var f *failure.Failure
	if errors.As(err, &f) {
		return f
	}
	return failure.Failedf("training: %w", err).WithHint("--beam-log shows what Beam says of it")
}

// finish writes and tells the result.
func (p *program) finish(ctx context.Context, res *outcome.Result, store *shard.Store, st *state.State) error {
	return st.Deliver(res, p.stdout,
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
