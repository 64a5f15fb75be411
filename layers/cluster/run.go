package cluster

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/losses/refine"
	"github.com/graphpool/graphpool/modes"
)

// Result is what [Run] found.
type Result struct {
	*Task
	Runs []Outcome // one a restart, but for those that diverged
	Best int       // the one with the lowest loss, the first of several

	Diverged []error // of the restarts that diverged; each names its restart

	// Agreement is the mean NMI of the clusters of every two runs: 1 where all
	// found the same, NaN where there is one run.
	Agreement float64

	FeatureSeconds float64 // what making the features took
}

// Outcome is one run of the recipe.
type Outcome struct {
	*Trained
	Restart int // from 0

	// Start is k-means of Z, or the labels that were given: the reference
	// beside the result. nil for a random start.
	Start []int

	// Final is the clusters after refining, Clusters where nothing was refined.
	Final []int

	// Disconnected is how many of the clusters of Final fall into pieces.
	Disconnected int

	StartSeconds, TrainSeconds, RefineSeconds float64
}

// Kept is the run that was kept.
func (r *Result) Kept() Outcome { return r.Runs[r.Best] }

// Run takes all steps of the recipe on the graph h, as often as o.Restarts
// says, with the seeds o.Seed, o.Seed + 1 and so on; the features are made
// once. The run with the lowest loss is kept: of the criteria that need no
// label none other did better on more graphs (docs/clustering.md).
//
// A restart that diverges ([train.LossError], [train.GradientError]) is left out;
// where all do, Run errs with the first of them. It ends with the context's error
// once that is done, and errs where h or an option is out of range.
func Run(ctx context.Context, h *modes.Host, o Options) (*Result, error) {
	if h == nil {
		return nil, errors.New("cluster: the graph is nil")
	}
	if err := o.check(h.Nodes); err != nil {
		return nil, err
	}
	started := time.Now()
	if err := o.tell(Progress{Phase: PhaseFeatures}); err != nil {
		return nil, err
	}
	features := o.Features
	features.Seed = o.Seed
	t, err := New(h, features)
	if err != nil {
		return nil, err
	}
	if err := t.Mix(o.Share(h.Nodes), o.Seed); err != nil {
		return nil, err
	}
	r := &Result{Task: t, FeatureSeconds: time.Since(started).Seconds()}
	for i := range o.Restarts {
		one, err := t.once(ctx, o, i)
		if diverged(err) {
			r.Diverged = append(r.Diverged, fmt.Errorf("cluster: restart %d of %d diverged: %w", i+1, o.Restarts, err))
			continue
		}
		if err != nil {
			return nil, err
		}
		r.Runs = append(r.Runs, one)
		if one.Loss < r.Runs[r.Best].Loss {
			r.Best = len(r.Runs) - 1
		}
	}
	if len(r.Runs) == 0 {
		return nil, r.Diverged[0]
	}
	r.Agreement, err = agreement(r.Runs)
	return r, err
}

// diverged tells whether a training ended by a loss or a gradient that is not
// finite.
func diverged(err error) bool {
	var loss *train.LossError
	var gradient *train.GradientError
	return errors.As(err, &loss) || errors.As(err, &gradient)
}

// once is one run.
func (t *Task) once(ctx context.Context, o Options, restart int) (out Outcome, err error) {
	o.Seed += uint64(restart)
	out.Restart = restart
	clock := time.Now()
	lap := func(to *float64) {
		*to = time.Since(clock).Seconds()
		clock = time.Now()
	}
	if err := o.tell(Progress{Restart: restart, Phase: PhaseStart, Steps: o.StartSteps}); err != nil {
		return out, err
	}
	switch {
	case o.Labels != nil:
		out.Start = o.Labels
	case o.Init == KMeans:
		if out.Start, err = t.Start(ctx, o.K, o.Seed); err != nil {
			return out, err
		}
	}
	lap(&out.StartSeconds)
	if out.Trained, err = t.Train(ctx, out.Start, o, restart); err != nil {
		return out, err
	}
	lap(&out.TrainSeconds)
	if err := o.tell(Progress{Restart: restart, Phase: PhaseRefining}); err != nil {
		return out, err
	}
	out.Final, out.Disconnected, err = t.Refine(ctx, out.Clusters, o)
	lap(&out.RefineSeconds)
	return out, err
}

// Refine refines clusters 0 to K−1 as o.Refine, o.Connected and o.MinSize say,
// in this order, and counts those that fall into pieces then.
func (t *Task) Refine(ctx context.Context, clusters []int, o Options) (refined []int, disconnected int, err error) {
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	switch o.Refine {
	case Moves:
		clusters, err = refine.Moves(t.Graph, clusters, o.K, o.Seed)
	case MultiLevel:
		clusters, err = refine.MultiLevel(t.Graph, clusters, o.K, o.Seed)
	}
	if err != nil {
		return nil, 0, err
	}
	switch o.Connected {
	case Split:
		clusters, err = refine.Split(t.Graph, clusters)
	case Reassign:
		clusters, err = refine.Reassign(t.Graph, clusters)
	}
	if err == nil && o.MinSize > 1 {
		clusters, err = refine.Dissolve(t.Graph, clusters, o.MinSize)
	}
	if err != nil {
		return nil, 0, err
	}
	disconnected, err = refine.Disconnected(t.Graph, clusters)
	return clusters, disconnected, err
}

// agreement is the mean NMI of every two runs.
func agreement(runs []Outcome) (float64, error) {
	sum, n := 0., 0
	for i := range runs {
		for j := range i {
			v, err := metrics.NMI(runs[i].Final, runs[j].Final)
			if err != nil {
				return 0, fmt.Errorf("cluster: agreement: %w", err)
			}
			sum, n = sum+v, n+1
		}
	}
	if n == 0 {
		return math.NaN(), nil
	}
	return sum / float64(n), nil
}
