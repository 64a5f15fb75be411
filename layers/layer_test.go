package layers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
)

func TestSequenceRefusesANilLayer(t *testing.T) {
	sc, in := path(1, 2, 3, 4)
	_, err := layers.Sequence(sc, in, layers.NewGCNConv(2), nil)
	assert.EqualError(t, err, "layers: layer 1 of the sequence is nil")
}

// A store of another dtype and a scope of another graph are named as such, by
// layers that nodes pass and by pools, whatever operation meets them first.
func TestWeightsThatCannotMeetTheFeatures(t *testing.T) {
	_, in := path(1, 2, 3, 4)
	narrow, err := param.NewStore(tensor.Float32, 1)
	require.NoError(t, err)
	wide, err := param.NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	for _, l := range []layers.Layer{
		layers.NewDense(2), layers.NewGCNConv(2), layers.NewGATConv(2, 2), layers.NewBatchNorm(),
		layers.NewTopKPool(.5), layers.NewMinCutPool(2), layers.NewDiffPool(2), layers.NewEdgePool(), layers.NewGlobalAttentionPool(),
	} {
		_, err = l.Apply(narrow.Scope(in.X.Dense.Graph(), true), in)
		assert.ErrorContains(t, err, "X is of float64 and the store's weights are of float32, want one dtype", "%T", l)
		_, err = l.Apply(wide.Scope(G.NewGraph(), true), in)
		assert.ErrorContains(t, err, "the scope is of another expression graph than X, want store.Scope(g, …) with the g of the input", "%T", l)
	}
	_, err = layers.NewGlobalSumPool().Apply(narrow.Scope(in.X.Dense.Graph(), true), in)
	assert.NoError(t, err, "it has no weights")
}
