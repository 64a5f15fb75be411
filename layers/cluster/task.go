package cluster

import (
	"context"
	"fmt"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/embed"
	"github.com/graphpool/graphpool/modes/kmeans"
)

// Task is a graph ready to be clustered: with features, as a host graph for
// training and as one for measures.
type Task struct {
	Graph  metrics.Graph // the adjacency
	Z      embed.Matrix  // the features that cluster
	Chosen embed.Chosen  // how they were made

	input *modes.Host // the adjacency with Z as features
}

// New makes the features of h as o.Features says. It errs where h is
// malformed, has no nodes, or a negative weight. h is taken as undirected, with
// both directions of each edge stored.
func New(h *modes.Host, o embed.Options) (*Task, error) {
	z, chosen, err := embed.Nodes(h, o)
	if err != nil {
		return nil, err
	}
	p, weights, err := h.Entries()
	if err != nil {
		return nil, fmt.Errorf("cluster: %w", err)
	}
	t := &Task{Z: z, Chosen: chosen, Graph: metrics.Graph{RowPtr: p.Ptr(), Col: p.Col(), Weights: weights}}
	t.input = &modes.Host{Nodes: h.Nodes, Pattern: p, Weights: weights}
	t.input.X = tensor.New(tensor.WithShape(z.Rows, z.Cols), tensor.WithBacking(z.Dense))
	return t, nil
}

// Start is the clusters from which the training starts, and as a whole the
// reference beside its result: k-means of Z.
func (t *Task) Start(ctx context.Context, k int, seed uint64) ([]int, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r, err := kmeans.Cluster(t.Z.Dense, t.Z.Rows, t.Z.Cols, kmeans.Options{K: k, Seed: seed})
	return r.Labels, err
}
