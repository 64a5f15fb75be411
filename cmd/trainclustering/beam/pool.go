package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners/universal/extworker"
	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
)

// do trains, or works for the jobs of others.
func (p *program) do(ctx context.Context, cmd *cli.Command) error {
	if !cmd.IsSet("worker-pool") {
		return p.train(ctx, cmd)
	}
	if err := flags.NoArguments(cmd, "--data"); err != nil {
		return err
	}
	r := &flags.Reader{Get: cmd.String}
	port, threads := r.Count("worker-pool", 1, math.MaxUint16), options.Threads(r)
	if err := r.Err(); err != nil {
		return err
	}
	for _, name := range cmd.LocalFlagNames() {
		if !slices.Contains([]string{"worker-pool", "threads", "quiet", "beam-log", "log-format"}, name) {
			return failure.Usagef("--%s is not for --worker-pool: the jobs bring what they need", name)
		}
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(threads)) // 0 changes nothing
	if err := startBeam(p.beamFlags, p.beamLog(cmd)); err != nil {
		return err
	}
	return p.pool(ctx, port, cmd.Bool("quiet"))
}

// beamLog is where Beam's log goes.
func (p *program) beamLog(cmd *cli.Command) io.Writer {
	if cmd.Bool("beam-log") {
		return p.stderr
	}
	return io.Discard
}

// pool works for jobs until a signal. Unlike Beam's own pool it needs no binary
// from the driver, starts no process for a job, and keeps models from pass to
// pass.
func (p *program) pool(ctx context.Context, port int, quiet bool) error {
	served, err := extworker.StartLoopback(ctx, port)
	if err != nil {
		return failure.Failedf("--worker-pool = %d: %w", port, err)
	}
	if !quiet {
		p.log.Info(fmt.Sprintf("working for jobs that ask at localhost:%d", port))
	}
	<-ctx.Done()
	return served.Stop(context.WithoutCancel(ctx))
}
