package main

import (
	"context"
	"fmt"
	"math"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/progress"
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
	finalRuns     = 5    // trainings of the one that is chosen
	modularitySet = .015 // below the highest mean modularity, to come into question
	silhouetteSet = .02  // below the highest mean silhouette of those, to be chosen
	modularityCap = .01  // the best run is no further below what the most clusters give
)

// chooseK trains every k of the range, and gives the one that is chosen with
// what each gave.
func (p *program) chooseK(ctx context.Context, g *graphfile.Graph, o options.Train) (int, []outcome.Tried, error) {
	low, high := o.KRange[0], min(o.KRange[1], g.Nodes)
	low = min(low, high)
	var all []outcome.Tried
	for k := low; k <= high; k++ {
		if !o.Quiet {
			p.log.Info(fmt.Sprintf("k auto: trying %d of %d to %d", k, low, high), "k", k)
		}
		t, err := p.tryK(ctx, g, o, k, scanRuns)
		if err != nil {
			return 0, nil, err
		}
		all = append(all, t)
	}
	for _, i := range candidates(all) {
		t, err := p.tryK(ctx, g, o, all[i].K, finalRuns)
		if err != nil {
			return 0, nil, err
		}
		all[i].Best = t.Best
		if t.Best >= all[len(all)-1].First-modularityCap {
			return t.K, all, nil
		}
	}
	return high, all, nil
}

// candidates are the indices of what comes into question, fewest clusters
// first.
func candidates(all []outcome.Tried) (in []int) {
	top := math.Inf(-1)
	for _, t := range all {
		top = max(top, t.Modularity)
	}
	best := math.Inf(-1)
	for i, t := range all {
		if t.Modularity >= top-modularitySet {
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

// tryK trains k so many times.
func (p *program) tryK(ctx context.Context, g *graphfile.Graph, o options.Train, k, runs int) (outcome.Tried, error) {
	t := outcome.Tried{K: k, Best: math.Inf(-1), Silhouette: metricsfile.Figure(math.NaN())}
	silhouette := 0.0
	for restart := range runs {
		cfg := o.Config
		cfg.K, cfg.Seed = k, outcome.RestartSeed(o.Seed, restart)
		run := &restartRun{ctx: ctx, show: progress.Silent{}, restart: restart, restarts: runs}
		fit, err := p.train(ctx, model.Job{Graph: g, Config: cfg, OnEpoch: run.epoch})
		switch {
		case ctx.Err() != nil:
			return t, failure.Interruptedf(ctx, "interrupted while k was chosen; nothing was written")
		case err != nil:
			return t, run.failure(err)
		}
		clusters, _ := outcome.Harden(fit.Shares, g.Nodes, k)
		q, err := metrics.Modularity(view.Metrics(g), clusters)
		if err != nil {
			return t, failure.Failedf("measuring k = %d: %w", k, err)
		}
		t.Modularity += q / float64(runs)
		t.Best = max(t.Best, q)
		if restart == 0 {
			t.First = q
		}
		if z := fit.Task.Z; z.Rows > 0 {
			c, err := kmeans.Measure(z.Dense, z.Rows, z.Cols, clusters, k)
			if err != nil {
				return t, failure.Failedf("measuring k = %d: %w", k, err)
			}
			silhouette += c.Silhouette / float64(runs)
			t.Silhouette = metricsfile.Figure(silhouette)
		}
	}
	return t, nil
}
