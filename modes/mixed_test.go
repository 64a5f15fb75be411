package modes

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// signals is features of so many signals, and the graph h with each of them.
func signals(h *Host, count, width int) (*tensor.Dense, []*Host) {
	x := numbered(count*h.Nodes, width)
	all := elements[float64](x)
	var graphs []*Host
	for b := range count {
		with := *h
		with.X = f64(h.Nodes, width, all[b*h.Nodes*width:][:h.Nodes*width]...)
		graphs = append(graphs, &with)
	}
	return denseOf(all, count, h.Nodes, width), graphs
}

func bare(h *Host) *Host {
	out := *h
	out.X = nil
	return &out
}

func TestMixedHoldsTheSignals(t *testing.T) {
	for name, h := range map[string]*Host{
		"sparse": bare(path(3, 1)), "weighted": bare(weighted(path(3, 1))),
		"dense": bare(densely(weighted(path(3, 1)))), "no edges": {Nodes: 3},
	} {
		for _, dt := range []tensor.Dtype{tensor.Float32, tensor.Float64} {
			t.Run(name+"/"+dt.String(), func(t *testing.T) {
				x, graphs := signals(h, 2, 2)
				in, err := NewMixed(G.NewGraph(), "graph", h, x, dt)
				require.NoError(t, err)
				assert.Equal(t, Mixed, in.Mode)
				assert.Equal(t, 2, in.Graphs)
				assertHolds(t, in, graphs)
				one, alone := signals(h, 1, 2)
				require.NoError(t, SetMixed(in, nil, one))
				ids := need[[]int](t)(in.HostIDs())
				assert.Equal(t, []int{0, 0, 0, -1, -1, -1}, ids)
				got := eval(t, need[*G.Node](t)(in.Mask()), in.X.Dense)
				assert.Equal(t, []float64{1, 1, 1, 0, 0, 0}, got[0])
				assert.Equal(t, append(featuresOf(alone[0]), make([]float64, 6)...), got[1])
			})
		}
	}
}

func TestSetMixedSwapsTheGraph(t *testing.T) {
	h, other := bare(weighted(path(3, 1))), &Host{Nodes: 3}
	x, graphs := signals(h, 2, 2)
	in := need[Graph](t)(NewMixed(G.NewGraph(), "graph", h, x, tensor.Float64))
	_, swapped := signals(other, 2, 2)
	require.NoError(t, SetMixed(in, other, x))
	assertHolds(t, in, swapped)
	require.NoError(t, SetMixed(in, h, x))
	assertHolds(t, in, graphs)

	for _, c := range []struct {
		h    *Host
		x    *tensor.Dense
		want string
	}{
		{bare(path(4, 1)), x, "4 nodes, want 3, as the graph was built for"},
		{path(3, 1), x, "the shared graph has features of its own, want them in the signals alone"},
		{bare(densely(path(3, 1))), x, "adjacency: dense, want sparse, as the graph was built for"},
		{nil, nil, "features: nil, want a tensor"},
		{nil, numbered(6, 2), "features: shape (6, 2), want (B, 3, F)"},
		{nil, denseOf(make([]float64, 18), 3, 3, 2), "features: shape (3, 3, 2), want at most 2 signals of 2 features, as the graph was built for"},
		{nil, denseOf(make([]float64, 18), 2, 3, 3), "features: shape (2, 3, 3), want at most 2 signals of 2 features, as the graph was built for"},
	} {
		assert.EqualError(t, SetMixed(in, c.h, c.x), "modes: "+c.want)
	}
	assertHolds(t, in, graphs)
	single := need[Graph](t)(NewSingle(G.NewGraph(), "graph", path(3, 1), tensor.Float64))
	assert.EqualError(t, SetMixed(single, nil, x), "modes: single mode, want mixed, as NewMixed returned it")
}

func TestNewMixedRefuses(t *testing.T) {
	x, _ := signals(bare(path(3, 1)), 2, 2)
	for _, c := range []struct {
		h    *Host
		x    *tensor.Dense
		want string
	}{
		{nil, x, "a nil graph"},
		{&Host{}, x, "Nodes = 0, want at least 1"},
		{path(3, 1), x, "the shared graph has features of its own, want them in the signals alone"},
		{bare(path(2, 1)), x, "features: shape (2, 3, 2), want (B, 2, F)"},
		{bare(path(3, 1)), denseOf(make([]int, 6), 1, 3, 2), "features: dtype int, want float32 or float64"},
	} {
		_, err := NewMixed(G.NewGraph(), "graph", c.h, c.x, tensor.Float64)
		assert.EqualError(t, err, "modes: graph: "+c.want)
	}
}
