package layers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// What was forgotten is an error that names it, not a panic.
func TestForgottenArguments(t *testing.T) {
	store, err := param.NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	sc := store.Scope(G.NewGraph(), true)
	in, err := modes.NewSingle(sc.Graph(), "graph", hostOf(t, 3, [][2]int{{0, 1}, {1, 2}}, 2), tensor.Float64)
	require.NoError(t, err)
	_, err = layers.NewMinCutPool(2).Apply(nil, in)
	assert.EqualError(t, err, "layers: mincutpool: param: the scope is nil, want one of a Store")
	in.A = modes.DenseAdj{}
	_, err = layers.NewGCNConv(2).Apply(sc, in)
	assert.ErrorContains(t, err, "the adjacency is of 0 nodes and X of 3, want as many")
}
