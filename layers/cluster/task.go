package cluster

import (
	"context"
	"errors"
	"fmt"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/embed"
	"github.com/graphpool/graphpool/modes/kmeans"
	"github.com/graphpool/graphpool/ops"
)

// Task is a graph ready to be clustered: with features, as a host graph for
// training and as one for measures. Neither it nor the graph it was made of may
// be written into while a training of it lives.
type Task struct {
	Graph metrics.Graph // the adjacency
	Z     embed.Matrix  // the features that cluster
	Map   embed.Map     // how they were made

	input *modes.Host // what the training sees: Z as features, and A with neighbours mixed in

	mixed mix // of the last Mix
}

// New makes the features of h as o.Features says. It errs where h is
// malformed, has no nodes, or a negative weight. h is taken as undirected, with
// both directions of each edge stored.
func New(h *modes.Host, o embed.Options) (*Task, error) {
	z, m, err := embed.Fit(h, o)
	if err != nil {
		return nil, err
	}
	return newTask(h, z, m)
}

// NewFrom makes the features of h as another task made its own. It errs where
// h does not fit the map.
func NewFrom(h *modes.Host, m embed.Map) (*Task, error) {
	z, err := m.Apply(h)
	if err != nil {
		return nil, err
	}
	return newTask(h, z, m)
}

func newTask(h *modes.Host, z embed.Matrix, m embed.Map) (*Task, error) {
	p, weights, err := h.Entries()
	if err != nil {
		return nil, fmt.Errorf("cluster: %w", err)
	}
	t := &Task{Z: z, Map: m, Graph: metrics.Graph{RowPtr: p.Ptr(), Col: p.Col(), Weights: weights}}
	t.input = &modes.Host{Nodes: h.Nodes, Pattern: p, Weights: weights}
	t.input.X = tensor.New(tensor.WithShape(z.Rows, z.Cols), tensor.WithBacking(z.Dense))
	return t, nil
}

// NewRaw takes h with its features as they are, or the rows of its adjacency
// where it has none: Z is empty, so that Start, Mix and a start by k-means are
// not to be had. It errs where h is malformed or has no nodes.
func NewRaw(h *modes.Host) (*Task, error) {
	p, weights, err := h.Entries()
	if err == nil && h.Nodes == 0 {
		err = errors.New("a graph without nodes, want at least 1")
	}
	if err != nil {
		return nil, fmt.Errorf("cluster: %w", err)
	}
	return &Task{Graph: metrics.Graph{RowPtr: p.Ptr(), Col: p.Col(), Weights: weights}, input: h}, nil
}

// Raw tells whether the task has the features as they came, and no Z.
func (t *Task) Raw() bool { return t.Z.Rows == 0 }

// Mix mixes the graph of nearest neighbours in Z into the adjacency that the
// training sees, and no other step: A + share·(ΣA/ΣK)·K, with K joining each
// node to the 5 nearest by cosine. The clusters then follow features more, and
// edges less. A share of 0 takes it out again.
func (t *Task) Mix(share float64, seed uint64) error {
	if share != 0 && t.Raw() {
		return errNoZ
	}
	if t.Raw() {
		return nil
	}
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
	t.mixed = mix{share, seed}
	return nil
}

// mix is what Mix was called with.
type mix struct {
	Share float64 `json:"share"`
	Seed  uint64  `json:"seed"`
}

var errNoZ = errors.New("cluster: the features are as they came, want those that New makes, for k-means and nearest neighbours")

// neighbours is how many neighbours in Z a node is joined to.
const neighbours = 5

// Start is the clusters from which the training starts, and as a whole the
// reference beside its result: k-means of Z.
func (t *Task) Start(ctx context.Context, k int, seed uint64) ([]int, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if t.Raw() {
		return nil, errNoZ
	}
	r, err := kmeans.Cluster(t.Z.Dense, t.Z.Rows, t.Z.Cols, kmeans.Options{K: k, Seed: seed})
	return r.Labels, err
}
