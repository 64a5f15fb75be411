package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train/stream"
	"github.com/graphpool/graphpool/modes/shard"
)

// passes does the passes of a training as pipelines.
type passes struct {
	ctx     context.Context
	store   *shard.Store
	weights *param.Store
	k       int
	task    Task // but for what changes from pass to pass
	retries int
	wait    time.Duration // before the first retry; twice as long before each other
	timeout time.Duration // of a pass
	log     *slog.Logger
	run     func(ctx context.Context, t Task, result string) ([]float64, error)

	done   int // passes
	shares *stream.Shares
}

// newPasses is the passes of a configuration over a store, in so many partitions
// and by files in a folder.
func newPasses(ctx context.Context, s *shard.Store, folder string, digest string, c model.Config, partitions int, dir string) *passes {
	return &passes{
		ctx: ctx, store: s, k: c.K, run: runPass, log: slog.New(slog.DiscardHandler), timeout: time.Hour,
		task: Task{Store: folder, Digest: digest, Dir: dir, Config: c, Partitions: stream.Partitions(partitions, stream.Tiled(s).Blocks())},
	}
}

// Forward writes S to new files, and removes those of the pass before.
func (p *passes) Forward(w stream.Wants) (sums stream.Sums, err error) {
	if p.task.Weights, err = weightsOf(p.weights); err != nil {
		return sums, err
	}
	t := p.task
	t.Pass, t.Forward, t.Wants = forwardPass, p.task.Forward+1, w
	x, err := p.pass(t)
	if err != nil {
		return sums, err
	}
	if err := removeShares(t.Dir, p.task.Forward, t.Partitions); err != nil {
		return sums, err
	}
	p.task.Forward, p.shares = t.Forward, nil
	sums, _, err = unflat(x, p.k)
	return sums, err
}

// Edges reads S of the last Forward.
func (p *passes) Edges() (sums stream.Sums, err error) {
	t := p.task
	t.Pass = edgesPass
	x, err := p.pass(t)
	if err != nil {
		return sums, err
	}
	sums, _, err = unflat(x, p.k)
	return sums, err
}

// Gradient reads S of the last Forward.
func (p *passes) Gradient(by stream.Sums, edges bool) (g stream.Gradients, sums stream.Sums, err error) {
	t := p.task
	t.Pass, t.Edges, t.By = gradientPass, edges, appendFloats(nil, flat(by))
	x, err := p.pass(t)
	if err != nil {
		return nil, sums, err
	}
	if sums, x, err = unflat(x, p.k); err != nil {
		return nil, sums, err
	}
	g, err = unflatGradients(x, p.weights)
	return g, sums, err
}

// Shares reads S of the last Forward.
func (p *passes) Shares() (*stream.Shares, error) {
	if p.shares != nil {
		return p.shares, nil
	}
	s := stream.NewShares(p.store.Meta().Nodes, p.k, p.weights.Dtype())
	if err := allShares(&p.task, stream.Tiled(p.store), s); err != nil {
		return nil, err
	}
	p.shares = s
	return s, nil
}

// pass runs a pass, and again where its job failed: it starts from the same
// weights and gives the same bits.
func (p *passes) pass(t Task) (x []float64, err error) {
	for try := 0; ; try++ {
		if x, err = p.once(t); err == nil {
			return x, nil
		}
		if p.ctx.Err() != nil || try >= p.retries {
			return nil, errors.Join(p.ctx.Err(), fmt.Errorf("the %s pass failed: %w", t.Pass, err))
		}
		p.log.Info(text.OneLine(fmt.Sprintf("the %s pass failed and runs again (%d of %d): %v", t.Pass, try+1, p.retries, err)))
		select {
		case <-time.After(p.wait << min(try, 6)):
		case <-p.ctx.Done():
		}
	}
}

// once runs a pass within its time. A job that is given up may still write: what
// the next try writes as well, or what nobody reads.
func (p *passes) once(t Task) ([]float64, error) {
	ctx, cancel := context.WithTimeoutCause(p.ctx, p.timeout, fmt.Errorf("it took more than %v", p.timeout))
	defer cancel()
	p.done++
	x, err := p.run(ctx, t, filepath.Join(t.Dir, fmt.Sprintf("sums-%d", p.done)))
	if err != nil && ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return x, err
}
