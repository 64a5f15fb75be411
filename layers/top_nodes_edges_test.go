package layers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Attributes go with the edges that are kept, in every mode of a sparse A:
// here each edge's are its weight and ten times that.
func TestKeepCarriesEdgeAttributes(t *testing.T) {
	for _, f := range forms() {
		g := G.NewGraph()
		sc, _, err := formScope(g, false)
		require.NoError(t, err)
		in := f.build(f.nodes(g))
		a, ok := in.A.(modes.SparseAdj)
		if !ok || a.Weights == nil {
			continue
		}
		w := a.Weights.Value().Data().([]float64)
		e := make([]float64, 2*len(w))
		for i, v := range w {
			e[2*i], e[2*i+1] = v, 10*v
		}
		in.E = G.NodeFromAny(g, tensor.New(tensor.WithShape(len(w), 2), tensor.WithBacking(e)), G.WithName("e"))
		out, err := layers.NewSAGPool(0.6).Apply(sc, in)
		require.NoError(t, err, f.name)
		values, err := train.Evaluate(out.E, out.A.(modes.SparseAdj).Weights, out.A.(modes.SparseAdj).Pattern)
		require.NoError(t, err, f.name)
		kept, weights := values[0].Data().([]float64), values[1].Data().([]float64)
		require.Len(t, kept, 2*len(weights), f.name)
		for i, v := range weights {
			assert.Equal(t, []float64{v, 10 * v}, kept[2*i:2*i+2], f.name)
		}
		assert.Positive(t, values[2].(*ops.Pattern).NNZ(), f.name)
	}
}

func TestKeepRefusesAttributesOfADenseAdjacency(t *testing.T) {
	refusedWithout(t, layers.NewTopKPool(0.5), func(in *modes.Graph) {
		in.E = in.A.(modes.SparseAdj).Weights
		in.A = modes.DenseAdj{Node: G.NewMatrix(in.E.Graph(), tensor.Float64, G.WithShape(5, 5), G.WithName("dense"))}
	}, "topkpool: edge attributes beside a modes.DenseAdj, want a sparse adjacency")
}

// A pool of a pool in every form: two nodes a graph, then one.
func TestKeepStacks(t *testing.T) {
	for _, f := range forms() {
		g := G.NewGraph()
		sc, fill, err := formScope(g, false)
		require.NoError(t, err)
		two, one := layers.NewTopKPool(0), layers.NewSAGPool(0)
		two.K, one.K = 2, 1
		out, err := layers.Sequence(sc, f.build(f.nodes(g)), two, layers.NewGCNConv(4), one)
		require.NoError(t, err, f.name)
		fill()
		count, err := out.Counts()
		require.NoError(t, err)
		degree, err := out.A.Degree(out.X.Dense)
		require.NoError(t, err)
		values, err := train.Evaluate(count, out.X.Dense, degree)
		require.NoError(t, err, f.name)
		for s, n := range values[0].Data().([]float64) {
			assert.Equal(t, min(1, float64(len(f.graphs[s].x))), n, f.name)
		}
		assert.Equal(t, out.Rows(), values[2].Shape().TotalSize())
	}
}
