package modes_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// propagateHost is a path of n nodes with f features each.
func propagateHost(t *testing.T, n, f int, weighted bool) *modes.Host {
	var rows, cols []int
	for i := range n - 1 {
		rows, cols = append(rows, i, i+1), append(cols, i+1, i)
	}
	p, order, err := ops.PatternFromCOO(n, n, rows, cols)
	require.NoError(t, err)
	h := &modes.Host{Nodes: n, Pattern: p, X: tensor.New(tensor.WithShape(n, f), tensor.WithBacking(make([]float64, n*f)))}
	if weighted {
		h.Weights = make([]float64, len(order))
		for i := range h.Weights {
			h.Weights[i] = 1
		}
	}
	return h
}

// A·X is kept where A and X are inputs that stay, and where A has enough
// entries.
func TestPropagates(t *testing.T) {
	single := func(h *modes.Host) modes.Graph {
		in, err := modes.NewSingle(G.NewGraph(), "g", h, tensor.Float64)
		require.NoError(t, err)
		return in
	}
	in := single(propagateHost(t, 10, 3, true)) // 18 entries, 30 elements
	assert.True(t, in.Propagates(nil))
	a := in.A.(modes.SparseAdj)
	assert.False(t, in.Propagates(G.Nodes{in.X.Dense}), "X is trained")
	assert.False(t, in.Propagates(G.Nodes{a.Weights}), "the edge weights are trained")
	assert.False(t, in.WithX(G.Must(G.Neg(in.X.Dense))).Propagates(nil), "X is computed")
	in.A, _ = in.A.Normalize(in.X.Dense, modes.GCN())
	assert.False(t, in.Propagates(nil), "A is computed")
	assert.True(t, single(propagateHost(t, 10, 28, false)).Propagates(nil), "18 entries, 280 elements")
	assert.False(t, single(propagateHost(t, 10, 29, false)).Propagates(nil), "18 entries, 290 elements")

	assert.True(t, single(propagateHost(t, 10, 14, false)).PropagatesBeside(nil), "18 entries, 140 elements")
	assert.False(t, single(propagateHost(t, 10, 15, false)).PropagatesBeside(nil), "18 entries, 150 elements")

	batch, err := modes.NewDisjoint(G.NewGraph(), "g", []*modes.Host{propagateHost(t, 10, 3, false)}, tensor.Float64, modes.Budget{})
	require.NoError(t, err)
	assert.False(t, batch.Propagates(nil), "batches change")
	_, err = batch.PropagateLinear(modes.DenseAdj{}, nil, nil, ops.Identity)
	assert.ErrorContains(t, err, "for a sparse A and dense X")
	_, err = batch.PropagateLinearBeside(modes.DenseAdj{}, nil, nil, nil, ops.Identity)
	assert.ErrorContains(t, err, "for a sparse A and dense X")
}
