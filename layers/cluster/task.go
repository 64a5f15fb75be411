package cluster

import (
	"context"
	"fmt"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/embed"
	"github.com/graphpool/graphpool/modes/kmeans"
	"github.com/graphpool/graphpool/ops"
)

// Task is a graph ready to be clustered: with features, as a host graph for
// training and as one for measures.
type Task struct {
	Graph  metrics.Graph // the adjacency
	Z      embed.Matrix  // the features that cluster
	Chosen embed.Chosen  // how they were made

	input *modes.Host // what the training sees: Z as features, and A with neighbours mixed in
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

// Mix mixes the graph of nearest neighbours in Z into the adjacency that the
// training sees, and no other step: A + share·(ΣA/ΣK)·K, with K joining each
// node to the 5 nearest by cosine. The clusters then follow features more, and
// edges less. A share of 0 takes it out again.
func (t *Task) Mix(share float64, seed uint64) error {
	a := &modes.Host{Nodes: t.input.Nodes, Weights: t.Graph.Weights}
	var err error
	if a.Pattern, err = ops.NewPattern(a.Nodes, a.Nodes, t.Graph.RowPtr, t.Graph.Col); err != nil {
		return err
	}
	if share != 0 {
		k, err := embed.Near(t.Z, neighbours, seed)
		if err != nil {
			return err
		}
		if a.Pattern, a.Weights, err = embed.Mix(a, k, share); err != nil {
			return err
		}
	}
	t.input.Pattern, t.input.Weights = a.Pattern, a.Weights
	return nil
}

// neighbours is how many neighbours in Z a node is joined to.
const neighbours = 5

// Start is the clusters from which the training starts, and as a whole the
// reference beside its result: k-means of Z.
func (t *Task) Start(ctx context.Context, k int, seed uint64) ([]int, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r, err := kmeans.Cluster(t.Z.Dense, t.Z.Rows, t.Z.Cols, kmeans.Options{K: k, Seed: seed})
	return r.Labels, err
}
