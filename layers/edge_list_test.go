package layers_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// No node of the expression graph of a convolution over a sparse graph is as
// large as a dense adjacency, gradients included.
func TestConvolutionsOfSparseGraphsHaveNoDenseAdjacency(t *testing.T) {
	const n = 1000
	row, col := make([]int, 0, 2*n), make([]int, 0, 2*n)
	for i := range n {
		row, col = append(row, i, (i+1)%n), append(col, (i+1)%n, i)
	}
	p, _, err := ops.PatternFromCOO(n, n, row, col)
	require.NoError(t, err)
	w := make([]float64, 2*n)
	for i := range w {
		w[i] = 1
	}
	gat, gine, most, pan := layers.NewGATConv(2, 2), layers.NewGINEConv(2), layers.NewSAGEConv(2), layers.NewPANConv(2, 2)
	gat.Edges, gine.Edges, most.Aggregation, pan.Capacity = layers.EdgeWeights, layers.EdgeWeights, layers.Std, 5*n
	for _, l := range []layers.Layer{
		gat, layers.NewGATv2Conv(2, 2), gine, most, pan, layers.NewLEConv(2), layers.NewChebConv(2, 3), layers.NewARMAConv(2),
		layers.NewTAGConv(2), layers.NewGTVConv(2), layers.NewJumpingKnowledge(layers.NewGCNConv(2), layers.NewGCNConv(2)),
	} {
		g := G.NewGraph()
		sc, _, err := formScope(g, true)
		require.NoError(t, err)
		x := tensor.New(tensor.WithShape(n, 2), tensor.Of(tensor.Float64))
		in, err := modes.NewSingle(g, "ring", &modes.Host{Nodes: n, Pattern: p, Weights: w, X: x}, tensor.Float64)
		require.NoError(t, err)
		out, err := l.Apply(sc, in)
		require.NoError(t, err)
		sum, err := ops.Sum(out.X.Dense)
		require.NoError(t, err)
		_, err = G.Grad(sum, sc.Learnables()...)
		require.NoError(t, err)
		for _, node := range g.AllNodes() {
			assert.Less(t, node.Shape().TotalSize(), 20*n, "%v: %v", reflect.TypeOf(l), node)
		}
	}
}
