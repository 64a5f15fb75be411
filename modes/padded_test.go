package modes

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// holed is two graphs of three places: the second of the first is padding, and
// so is all of the second but its last; what padding holds is not to be read.
func holed(mask *tensor.Dense) (PaddedBatch, []*Host) {
	p := PaddedBatch{
		X:    denseOf([]float64{1, 2, 99, 99, 3, 4, 99, 99, 99, 99, 5, 6}, 2, 3, 2),
		A:    denseOf([]float64{0, 9, 2, 9, 9, 9, 3, 9, 0, 9, 9, 9, 9, 9, 9, 9, 9, 7}, 2, 3, 3),
		Mask: mask,
	}
	return p, []*Host{
		{Nodes: 2, X: f64(2, 2, 1, 2, 3, 4), DenseA: f64(2, 2, 0, 2, 3, 0)},
		{Nodes: 1, X: f64(1, 2, 5, 6), DenseA: f64(1, 1, 7)},
	}
}

func TestPaddedWithAMaskOfAnyDtype(t *testing.T) {
	for _, mask := range []*tensor.Dense{
		denseOf([]float64{1, 0, 1, 0, 0, 1}, 2, 3),
		denseOf([]float32{1, 0, 1, 0, 0, 1}, 2, 3),
		denseOf([]int{1, 0, 1, 0, 0, 1}, 2, 3),
		denseOf([]bool{true, false, true, false, false, true}, 2, 3),
	} {
		p, graphs := holed(mask)
		in, err := NewPadded(G.NewGraph(), "graphs", p, tensor.Float64)
		require.NoError(t, err)
		assert.Equal(t, Batch, in.Mode)
		assertHolds(t, in, graphs)
		assert.Equal(t, []int{0, -1, 0, -1, -1, 1}, need[[]int](t)(in.HostIDs()))
		got := need[[]*Host](t)(p.Hosts())
		require.Len(t, got, 2)
		for b := range got {
			assert.Equal(t, matrix(graphs[b]), matrix(got[b]))
			assert.Equal(t, featuresOf(graphs[b]), featuresOf(got[b]))
		}
	}
}

func TestPaddedWithoutMaskOrAdjacency(t *testing.T) {
	p, _ := holed(nil)
	in := need[Graph](t)(NewPadded(G.NewGraph(), "graphs", p, tensor.Float32))
	assert.Equal(t, []int{0, 0, 0, 1, 1, 1}, need[[]int](t)(in.HostIDs()))
	p.A = nil
	in = need[Graph](t)(NewPadded(G.NewGraph(), "graphs", p, tensor.Float32))
	assert.Nil(t, in.A)
	hosts := need[[]*Host](t)(p.Hosts())
	assert.Nil(t, hosts[0].DenseA)
	assert.Equal(t, 3, hosts[0].Nodes)
}

func TestSetPaddedSwapsTheMask(t *testing.T) {
	p, graphs := holed(denseOf([]float64{1, 0, 1, 0, 0, 1}, 2, 3))
	whole, _ := holed(nil)
	in := need[Graph](t)(NewPadded(G.NewGraph(), "graphs", whole, tensor.Float64))
	require.NoError(t, SetPadded(in, p))
	assertHolds(t, in, graphs)
	none := PaddedBatch{X: p.X, A: p.A, Mask: denseOf(make([]float64, 6), 2, 3)}
	require.NoError(t, SetPadded(in, none))
	assertHolds(t, in, []*Host{{}, {}})
	require.NoError(t, SetPadded(in, p))
	assert.EqualError(t, SetPadded(in, PaddedBatch{X: p.X}), "modes: batch mode, adjacency given: false, want the graph as NewPadded returned it, and an adjacency where it has one")
	assert.EqualError(t, SetPadded(in, PaddedBatch{X: denseOf(make([]float64, 6), 2, 3, 1), A: p.A}), "modes: features: shape (2, 3, 1), want (2, 3, 2)")
	assertHolds(t, in, graphs)
}

func TestPaddedRefuses(t *testing.T) {
	p, _ := holed(nil)
	nan := denseOf(append(make([]float64, 17), math.NaN()), 2, 3, 3)
	for _, c := range []struct {
		p    PaddedBatch
		want string
	}{
		{PaddedBatch{}, "features: nil, want a tensor"},
		{PaddedBatch{X: numbered(2, 3)}, "features: shape (2, 3), want (B, N, F)"},
		{PaddedBatch{X: denseOf([]int{1, 2}, 1, 2, 1)}, "features: dtype int, want float32 or float64"},
		{PaddedBatch{X: p.X, A: numbered(3, 3)}, "adjacency: shape (3, 3), want (2, 3, 3)"},
		{PaddedBatch{X: p.X, A: nan}, "adjacency: element [1 2 2] is not a finite number"},
		{PaddedBatch{X: p.X, Mask: numbered(3, 2)}, "mask: shape (3, 2), want (2, 3)"},
		{PaddedBatch{X: p.X, Mask: denseOf([]float64{1, 0, 0.5, 1, 1, 1}, 2, 3)}, "mask: element (0, 2) is 0.5, want 0 or 1"},
		{PaddedBatch{X: p.X, Mask: denseOf(make([]uint8, 6), 2, 3)}, "mask: dtype uint8, want float32, float64, int or bool"},
	} {
		assert.EqualError(t, c.p.Check(), "modes: "+c.want)
		_, err := NewPadded(G.NewGraph(), "graphs", c.p, tensor.Float64)
		assert.EqualError(t, err, "modes: graphs: "+c.want)
		_, err = c.p.Hosts()
		assert.EqualError(t, err, "modes: "+c.want)
	}
}

func TestPadIsTheWayBackOfHosts(t *testing.T) {
	graphs := []*Host{path(3, 2), {}, weighted(path(2, 2)), {}}
	p := need[PaddedBatch](t)(Pad(graphs, 4, tensor.Float64))
	assert.Equal(t, tensor.Shape{4, 4, 2}, p.X.Shape())
	back := need[[]*Host](t)(p.Hosts())
	require.Len(t, back, 4)
	for b, h := range graphs {
		assert.Equal(t, h.Nodes, back[b].Nodes)
		if h.Nodes > 0 {
			assert.Equal(t, matrix(h), matrix(back[b]))
			assert.Equal(t, featuresOf(h), featuresOf(back[b]))
		}
	}
	_, err := Pad(graphs, 2, tensor.Float64)
	assert.EqualError(t, err, "modes: 3 nodes in a graph, want at most 2, the budget")
	_, err = Pad(nil, 2, tensor.Float64)
	assert.EqualError(t, err, "modes: no graphs, want at least 1")
	_, err = Pad(graphs, 0, tensor.Bool)
	assert.EqualError(t, err, "modes: dtype = bool, want float32 or float64")
}
