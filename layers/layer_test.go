package layers_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
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
		assert.ErrorContains(t, err, "features of float64 and weights of float32 in the store, want one dtype", "%T", l)
		_, err = l.Apply(wide.Scope(G.NewGraph(), true), in)
		assert.ErrorContains(t, err, "the scope is of another expression graph than X, want store.Scope(g, …) with the g of the input", "%T", l)
	}
	_, err = layers.NewGlobalSumPool().Apply(narrow.Scope(in.X.Dense.Graph(), true), in)
	assert.NoError(t, err, "it has no weights")
}

// What docs/modes.md tells those who know PyG: a directed graph given as
// (edge_index[1], edge_index[0]) has PyG's GCN, x'_j = Σ_i a_ij x_i/√(d_i·d_j)
// over the edges i → j and a loop, d the weights of the edges into a node and 1.
func TestGCNConvOfADirectedGraphAsInPyG(t *testing.T) {
	source, target, w := []int{0, 0, 1, 3}, []int{1, 2, 2, 0}, []float64{2, 1, .5, 3}
	x := []float64{1, 2, 3, 5}
	degree := []float64{1 + 3, 1 + 2, 1 + 1 + .5, 1}
	want := make([]float64, 4)
	for i := range want {
		want[i] = x[i] / degree[i]
	}
	for e, i := range source {
		j := target[e]
		want[j] += w[e] * x[i] / math.Sqrt(degree[i]*degree[j])
	}
	h, err := modes.FromCOO(4, target, source, w)
	require.NoError(t, err)
	h.X = tensor.New(tensor.WithShape(4, 1), tensor.WithBacking(x))
	store, err := param.NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	sc := store.Scope(G.NewGraph(), false)
	in, err := modes.NewSingle(sc.Graph(), "in", h, tensor.Float64)
	require.NoError(t, err)
	conv := layers.NewGCNConv(1)
	conv.Kernel.Init, conv.NoBias = param.Ones{}, true
	out, err := conv.Apply(sc, in)
	require.NoError(t, err)
	got, err := train.Forward(out.X.Dense)
	require.NoError(t, err)
	assert.InDeltaSlice(t, want, got[0].Data(), 1e-14)
}

// A layer used twice has weights of its own for each use, and shares them by
// Reuse.
func TestALayerUsedTwice(t *testing.T) {
	sc, in := path(1, 2, 3, 4)
	conv := layers.NewGCNConv(1)
	_, err := layers.Sequence(sc, in, conv, conv)
	require.NoError(t, err)
	assert.Equal(t, 4, sc.Store().Len(), "two kernels, two biases")

	sc, in = path(1, 2, 3, 4)
	out, err := conv.Apply(sc, in)
	require.NoError(t, err)
	_, err = conv.Apply(sc.Reuse(), out.Graph)
	require.NoError(t, err)
	assert.Equal(t, 2, sc.Store().Len())
}

func TestALossThatIsNotThereIsToldOfThoseThatAre(t *testing.T) {
	sc, in := path(1, 2, 3, 4)
	out, err := layers.NewMinCutPool(2).Apply(sc, in)
	require.NoError(t, err)
	_, err = out.Loss("mincut")
	assert.EqualError(t, err, `layers: no loss "mincut", want one of [cut orthogonality]`)
}
