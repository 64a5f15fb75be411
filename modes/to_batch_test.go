package modes

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

func TestToBatchAndBack(t *testing.T) {
	graphs := []*Host{path(3, 2), {}, weighted(path(2, 2)), {}}
	g := G.NewGraph()
	in := need[Graph](t)(NewDisjoint(g, "graphs", graphs, tensor.Float64, Budget{Nodes: 7, Graphs: 5}))
	b := need[Graph](t)(in.ToBatch(3))
	require.NoError(t, b.CheckA())
	assert.Equal(t, Batch, b.Mode)
	assert.Equal(t, tensor.Shape{5, 3, 2}, b.X.Dense.Shape())
	assertKept(t, b, graphs)
	dense := need[Graph](t)(b.DenseA())
	assert.Equal(t, tensor.Shape{5, 3, 3}, dense.A.(DenseAdj).Node.Shape())
	assertKept(t, dense, graphs)
	for _, from := range []Graph{b, dense} {
		back := need[Graph](t)(from.ToDisjoint())
		require.NoError(t, back.CheckA())
		assert.Equal(t, Disjoint, back.Mode)
		assert.Equal(t, tensor.Shape{15, 2}, back.X.Dense.Shape())
		assertKept(t, back, graphs)
	}
}

func TestMixedToDisjoint(t *testing.T) {
	for _, h := range []*Host{bare(attributed(3)), bare(densely(attributed(3))), bare(path(3, 1))} {
		x, graphs := signals(h, 2, 2)
		in := need[Graph](t)(NewMixed(G.NewGraph(), "graph", h, x, tensor.Float64))
		out := need[Graph](t)(in.ToDisjoint())
		require.NoError(t, out.CheckA())
		assertKept(t, out, graphs)
		if h.E != nil {
			e := elements[float64](h.E)
			assert.Equal(t, append(append([]float64{}, e...), e...), eval(t, out.E)[0])
		}
		dense := need[Graph](t)(in.DenseA())
		assert.Equal(t, tensor.Shape{3, 3}, dense.A.(DenseAdj).Node.Shape())
		assertHolds(t, dense, graphs)
	}
}

func TestConvertersRefuse(t *testing.T) {
	single := need[Graph](t)(NewSingle(G.NewGraph(), "graph", path(3, 1), tensor.Float64))
	_, err := single.ToBatch(3)
	assert.EqualError(t, err, "modes: to batch mode: a graph in single mode, ids given: false; want disjoint mode with ids")
	_, err = single.ToDisjoint()
	assert.EqualError(t, err, "modes: to disjoint mode: a graph in single mode, dense features: true; want batch or mixed mode with dense features")
	disjoint := need[Graph](t)(NewDisjoint(G.NewGraph(), "graph", []*Host{path(3, 1)}, tensor.Float64, Budget{}))
	_, err = disjoint.ToBatch(0)
	assert.ErrorContains(t, err, "slots = 0, want at least 1")
	_, err = disjoint.DenseA()
	assert.EqualError(t, err, "modes: dense adjacency: disjoint mode, want another; ToBatch gives batch mode")

	small := need[Graph](t)(disjoint.ToBatch(2))
	vm := G.NewTapeMachine(small.X.Dense.Graph())
	defer vm.Close()
	assert.ErrorContains(t, vm.RunAll(), "segment 0 has more rows than 2 slots")

	p, _ := holed(nil)
	p.A = nil
	padded := need[Graph](t)(NewPadded(G.NewGraph(), "graph", p, tensor.Float64))
	out := need[Graph](t)(padded.ToDisjoint())
	assert.Nil(t, out.A)
	same := need[Graph](t)(padded.DenseA())
	assert.Equal(t, padded, same)
}
