package cluster

import (
	"context"
	"fmt"
	"math"
	"slices"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/losses/refine"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/embed"
	"github.com/graphpool/graphpool/ops"
)

// Level is one level of a hierarchy of clusters.
type Level struct {
	K          int     // clusters asked for
	Clusters   []int   // of each node of the graph, from 0, as many as are used
	Modularity float64 // of these clusters, on the graph itself
}

// Levels clusters the clusters, and these clusters again, to the numbers of
// clusters ks, which fall: stacked pooling. The first level it gives is made of
// clusters, numbers from 0 up; every cluster of a level lies whole in one of the
// next level.
//
// A level is the graph of the clusters below, with the edges A' = CᵀAC, those
// inside a cluster on its diagonal, and the means of Z as features. So a loss on
// it is the loss, on the graph itself, of clusters made of these. It starts from
// refine.Merge, trains as o says but for K, and ends with refine.MultiLevel: on
// some ten points k-means is a poor start, and refining costs next to nothing.
// Of three runs that with the highest modularity is kept. Where the level below
// has no more clusters than asked for, they are taken as they are.
//
// It errs where ks do not fall, or a cluster is below 0.
func (t *Task) Levels(ctx context.Context, clusters, ks []int, o Options) ([]Level, error) {
	if err := checkLevels(ks); err != nil {
		return nil, err
	}
	var all []Level
	for _, k := range ks {
		next, err := t.above(ctx, clusters, k, o)
		if err != nil {
			return nil, fmt.Errorf("cluster: the level of %d clusters: %w", k, err)
		}
		clusters = next
		l := Level{K: k, Clusters: clusters}
		if l.Modularity, err = metrics.Modularity(t.Graph, clusters); err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, nil
}

// levelRuns is the trainings of a level.
const levelRuns = 3

func checkLevels(ks []int) error {
	for i, k := range ks {
		if k < 1 || i > 0 && k >= ks[i-1] {
			return fmt.Errorf("cluster: numbers of clusters %v, want each at least 1 and less than the one before", ks)
		}
	}
	return nil
}

// above is clusters of the clusters, at most k, of each node.
func (t *Task) above(ctx context.Context, clusters []int, k int, o Options) ([]int, error) {
	ids := slices.Compact(slices.Sorted(slices.Values(clusters)))
	if len(ids) > 0 && ids[0] < 0 {
		return nil, fmt.Errorf("a node in cluster %d, want at least 0", ids[0])
	}
	of := make([]int, len(clusters))
	for i, c := range clusters {
		of[i], _ = slices.BinarySearch(ids, c)
	}
	upper := singles(len(ids))
	if len(ids) > k {
		coarse, err := t.coarse(of, len(ids))
		if err != nil {
			return nil, err
		}
		if upper, err = coarse.best(ctx, k, o); err != nil {
			return nil, err
		}
	}
	out := make([]int, len(clusters))
	for i, c := range of {
		out[i] = upper[c]
	}
	return out, nil
}

// best is clusters numbered from 0, of the run with the highest modularity.
func (t *Task) best(ctx context.Context, k int, o Options) (best []int, err error) {
	o.K, o.Progress, o.Refine, o.Connected, o.MinSize = k, nil, MultiLevel, AsTheyAre, 0
	if o.Labels, err = refine.Merge(t.Graph, singles(t.Graph.Nodes()), k); err != nil {
		return nil, err
	}
	top := math.Inf(-1)
	for i := range levelRuns {
		one, err := t.once(ctx, o, i)
		if err != nil {
			return nil, err
		}
		q, err := metrics.Modularity(t.Graph, one.Final)
		if err != nil {
			return nil, err
		}
		if q > top {
			best, top = one.Final, q
		}
	}
	ids := slices.Compact(slices.Sorted(slices.Values(best)))
	for i, c := range best {
		best[i], _ = slices.BinarySearch(ids, c)
	}
	return best, nil
}

// singles is each node in a cluster of its own.
func singles(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// coarse is the task of the clusters 0 to k−1, none empty.
func (t *Task) coarse(of []int, k int) (*Task, error) {
	g, err := metrics.Coarse(t.Graph, of, k)
	if err != nil {
		return nil, err
	}
	p, err := ops.NewPattern(k, k, g.RowPtr, g.Col)
	if err != nil {
		return nil, err
	}
	h, err := (&modes.Host{Nodes: k, Pattern: p, Weights: g.Weights}).Scaled()
	if err != nil {
		return nil, err
	}
	if t.Raw() {
		return New(h, embed.Defaults())
	}
	z := pooled(t.Z, of, k)
	h.X = tensor.New(tensor.WithShape(k, z.Cols), tensor.WithBacking(z.Dense))
	return &Task{Z: z, Graph: g, input: h}, nil
}

// pooled is the mean of the rows of each cluster, at length 1.
func pooled(z embed.Matrix, of []int, k int) embed.Matrix {
	sum := make([]float64, k*z.Cols)
	for i, c := range of {
		for j, v := range z.Dense[i*z.Cols : (i+1)*z.Cols] {
			sum[c*z.Cols+j] += float64(v)
		}
	}
	out := embed.Matrix{Rows: k, Cols: z.Cols, Dense: make([]float32, len(sum))}
	for c := range k {
		row, length := sum[c*z.Cols:(c+1)*z.Cols], 0.0
		for _, v := range row {
			length += v * v
		}
		for j, v := range row {
			if length > 0 {
				out.Dense[c*z.Cols+j] = float32(v / math.Sqrt(length))
			}
		}
	}
	return out
}
