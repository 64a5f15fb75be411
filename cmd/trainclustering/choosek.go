package main

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/progress"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/state"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/view"
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/kmeans"
)

// How --k auto decides. Modularity alone prefers many clusters where a graph
// has small pieces, and few where it has a resolution limit; how far clusters
// lie apart in the features (the silhouette) tells more, but on its own likes
// what is trivial. So modularity says which k come into question, and the
// silhouette which of these: the fewest clusters whose silhouette is about as
// good as the best.
const (
	scanRuns      = 2    // trainings of each k
	modularitySet = .015 // below the highest mean modularity, to come into question
	silhouetteSet = .02  // below the highest mean silhouette of those, to be chosen
	modularityCap = .01  // the best run is no further below what the most clusters give
)

// chooseK trains every k of the range, and gives the one that is chosen with
// what each gave. st has those that were tried before, and is told of the others.
func (p *program) chooseK(ctx context.Context, g *graphfile.Graph, o options.Train, st *state.State) (int, []outcome.Tried, error) {
	low, high := o.KRange[0], min(o.KRange[1], g.Nodes)
	low = min(low, high)
	all := st.Tried()
	for k := low + len(all); k <= high; k++ {
		if !o.Quiet {
			p.log.Info(fmt.Sprintf("k auto: trying %d of %d to %d", k, low, high), "k", k)
		}
		t, err := p.tryK(ctx, g, o, k, scanRuns)
		if err != nil {
			return 0, nil, err
		}
		all = append(all, t)
		if err := st.Try(t); err != nil {
			return 0, nil, err
		}
	}
	in := candidates(all)
	if len(in) == 0 {
		return 0, nil, failure.Failedf("all trainings of k = %d to %d diverged", low, high).WithHint(lowerRate)
	}
	least := orLeast(all[len(all)-1].First) - modularityCap
	for _, i := range in {
		t, err := p.tryK(ctx, g, o, all[i].K, o.Restarts)
		if err != nil {
			return 0, nil, err
		}
		all[i].Best = t.Best
		if float64(t.Best) >= least {
			return t.K, all, nil
		}
	}
	return high, all, nil
}

// candidates are the indices of what comes into question, fewest clusters
// first; none where all diverged.
func candidates(all []outcome.Tried) (in []int) {
	top := math.Inf(-1)
	for _, t := range all {
		top = math.Max(top, orLeast(t.Modularity))
	}
	best := math.Inf(-1)
	for i, t := range all {
		if float64(t.Modularity) >= top-modularitySet {
			in = append(in, i)
			best = max(best, silhouetteOf(t))
		}
	}
	var out []int
	for _, i := range in {
		if silhouetteOf(all[i]) >= best-silhouetteSet {
			out = append(out, i)
		}
	}
	return out
}

// silhouetteOf is the mean silhouette, 0 where there is none.
func silhouetteOf(t outcome.Tried) float64 {
	if math.IsNaN(float64(t.Silhouette)) {
		return 0
	}
	return float64(t.Silhouette)
}

// orLeast is a figure, −∞ where it is not defined.
func orLeast(f metricsfile.Figure) float64 {
	if math.IsNaN(float64(f)) {
		return math.Inf(-1)
	}
	return float64(f)
}

// tryK trains k so many times. Trainings that diverge count for nothing.
func (p *program) tryK(ctx context.Context, g *graphfile.Graph, o options.Train, k, runs int) (outcome.Tried, error) {
	nan := metricsfile.Figure(math.NaN())
	t := outcome.Tried{K: k, Modularity: nan, Silhouette: nan, Best: nan, First: nan}
	var found, apart []float64
	for restart := range runs {
		q, silhouette, err := p.tryOnce(ctx, g, o, k, restart, runs)
		if ctx.Err() != nil {
			return t, interruptedChoice(ctx, o)
		}
		if model.DivergenceOf(err) != nil {
			continue
		}
		if err != nil {
			return t, err
		}
		if restart == 0 {
			t.First = metricsfile.Figure(q)
		}
		found, apart = append(found, q), append(apart, silhouette)
	}
	if len(found) > 0 {
		t.Modularity, t.Silhouette, t.Best = mean(found), mean(apart), metricsfile.Figure(slices.Max(found))
	}
	return t, nil
}

// tryOnce trains k once, and gives the modularity and the silhouette, NaN where
// the features are as they came.
func (p *program) tryOnce(ctx context.Context, g *graphfile.Graph, o options.Train, k, restart, runs int) (q, silhouette float64, err error) {
	cfg := o.Config
	cfg.K, cfg.Seed = k, outcome.RestartSeed(o.Seed, restart)
	run := &restartRun{Epochs: state.Epochs{Show: progress.Silent{}, Restart: restart}, ctx: ctx, restarts: runs}
	fit, err := p.train(ctx, model.Job{Graph: g, Config: cfg, OnEpoch: run.Taking(ctx)})
	if err == nil {
		err = model.CheckShares(fit.Shares, g.Nodes, k)
	}
	if model.DivergenceOf(err) != nil {
		return 0, 0, err
	}
	if err != nil {
		return 0, 0, run.failure(err)
	}
	clusters, _ := outcome.Harden(fit.Shares, g.Nodes, k)
	if q, err = metrics.Modularity(view.Metrics(g), clusters); err != nil {
		return 0, 0, failure.Failedf("measuring k = %d: %w", k, err)
	}
	z := fit.Task.Z
	if z.Rows == 0 {
		return q, math.NaN(), nil
	}
	c, err := kmeans.Measure(z.Dense, z.Rows, z.Cols, clusters, k)
	if err != nil {
		return 0, 0, failure.Failedf("measuring k = %d: %w", k, err)
	}
	return q, c.Silhouette, nil
}

// interruptedChoice is how the search for k ends at a signal.
func interruptedChoice(ctx context.Context, o options.Train) error {
	if o.State == "" {
		return failure.Interruptedf(ctx, "interrupted while k was chosen; nothing was written")
	}
	return failure.Interruptedf(ctx, "interrupted while k was chosen; --resume goes on with the numbers that are left")
}

// mean is the mean of some numbers.
func mean(v []float64) metricsfile.Figure {
	sum := 0.0
	for _, x := range v {
		sum += x / float64(len(v))
	}
	return metricsfile.Figure(sum)
}
