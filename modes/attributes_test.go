package modes

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

func TestAttributesAreSwapped(t *testing.T) {
	for _, dt := range []tensor.Dtype{tensor.Float32, tensor.Float64} {
		in := need[Graph](t)(NewSingle(G.NewGraph(), "graph", attributed(3), dt))
		assert.Equal(t, []float64{1, 2, 3, 4, 5, 6, 7, 8}, eval(t, in.E)[0])
		fewer := need[*Host](t)(FromCOO(3, []int{0}, []int{1}, []float64{1}))
		fewer.X, fewer.E = numbered(3, 2), denseValue(f64(1, 2, 8, 9), tensor.Float32)
		require.NoError(t, SetSingle(in, fewer))
		assert.Equal(t, []float64{8, 9, 0, 0, 0, 0, 0, 0}, eval(t, in.E)[0])
		require.NoError(t, SetSingle(in, &Host{Nodes: 3, X: numbered(3, 2)}))
		assert.Equal(t, make([]float64, 8), eval(t, in.E)[0])

		several := need[Graph](t)(NewDisjoint(G.NewGraph(), "graphs", []*Host{fewer, attributed(2)}, dt, Budget{Edges: 4}))
		assert.Equal(t, []float64{8, 9, 1, 2, 3, 4, 0, 0}, eval(t, several.E)[0])
		require.NoError(t, SetDisjoint(several, []*Host{attributed(2), {}}))
		assert.Equal(t, []float64{1, 2, 3, 4, 0, 0, 0, 0}, eval(t, several.E)[0])
	}
}

func TestAttributesThatAreRefused(t *testing.T) {
	with := need[Graph](t)(NewSingle(G.NewGraph(), "graph", attributed(3), tensor.Float64))
	without := need[Graph](t)(NewSingle(G.NewGraph(), "graph", weighted(path(3, 2)), tensor.Float64))
	wide := attributed(3)
	wide.E = numbered(4, 3)
	assert.EqualError(t, SetSingle(without, attributed(3)), "modes: edge attributes: given, want none: the graph was built without")
	assert.EqualError(t, SetSingle(with, weighted(path(3, 2))), "modes: edge attributes: none, want them, as the graph was built for")
	assert.EqualError(t, SetSingle(with, wide), "modes: edge attributes: shape (4, 3), want at most 4 rows and 2 columns")
	assert.Equal(t, []float64{1, 2, 3, 4, 5, 6, 7, 8}, eval(t, with.E)[0])
}

func TestNormalizedFloat32Attributes(t *testing.T) {
	h := attributed(2)
	h.E = denseValue(h.E, tensor.Float32)
	n := need[*Host](t)(h.Normalized(GCN()))
	assert.Equal(t, []float32{0, 0, 1, 2, 3, 4, 0, 0}, n.E.Data())
}

// Nothing is bound where one value does not fit.
func TestBindIsAllOrNothing(t *testing.T) {
	g := G.NewGraph()
	a := G.NodeFromAny(g, f64(1, 2, 1, 2), G.WithName("a"))
	b := G.NodeFromAny(g, f64(1, 2, 3, 4), G.WithName("b"))
	for want, wrong := range map[string]binding{
		"b: no node or no value":         {"b", b, nil},
		"b: dtype float32, want float64": {"b", b, denseOf([]float32{5, 6}, 1, 2)},
		"b: shape (2, 1), want (1, 2)":   {"b", b, f64(2, 1, 5, 6)},
		"sum: a node that is computed, want the graph as its constructor returned it": {"sum", G.Must(G.Add(a, b)), f64(1, 2, 5, 6)},
	} {
		assert.EqualError(t, bind([]binding{{"a", a, f64(1, 2, 7, 8)}, wrong}), want)
		assert.Equal(t, []float64{1, 2}, a.Value().Data())
	}
}
