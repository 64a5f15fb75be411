package modes

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
	"pgregory.net/rapid"
)

// drawGraphs is one to four graphs of at most five nodes, at least one of
// them with nodes.
func drawGraphs(t *rapid.T, sparseX bool) []*Host {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	width := rapid.IntRange(1, 3).Draw(t, "width")
	var graphs []*Host
	nodes := 0
	for _, n := range rapid.SliceOfN(rapid.IntRange(0, 5), 1, 4).Draw(t, "nodes") {
		nodes += n
		graphs = append(graphs, randomHost(r, n, width, rapid.Bool().Draw(t, "weighted"), sparseX))
	}
	if nodes == 0 {
		graphs = append(graphs, randomHost(r, 2, width, true, sparseX))
	}
	return graphs
}

func TestPropertyCollateThenSplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		graphs := drawGraphs(t, rapid.Bool().Draw(t, "sparse X"))
		h, ids, err := Collate(graphs)
		require.NoError(t, err)
		require.NoError(t, h.Check())
		back, err := Split(h, ids, len(graphs))
		require.NoError(t, err)
		for b := range graphs {
			assertSame(t, graphs[b], back[b])
		}
		// The nodes in another order, of one graph between those of another.
		perm := rapid.Permutation(numbers1(h.Nodes)).Draw(t, "order")
		mixed, moved := permuted(h, perm), make([]int, len(ids))
		for i, from := range perm {
			moved[i] = ids[from]
		}
		back, err = Split(mixed, moved, len(graphs))
		require.NoError(t, err)
		again, ids, err := Collate(back)
		require.NoError(t, err)
		assert.IsNonDecreasing(t, ids)
		assert.Equal(t, h.Nodes, again.Nodes)
	})
}

// numbers1 is 0 to n−1.
func numbers1(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// permuted is h with node i being what node order[i] was.
func permuted(h *Host, order []int) *Host {
	at := make([]int, len(order))
	for i, from := range order {
		at[from] = i
	}
	row, col, w := h.COO()
	for e := range row {
		row[e], col[e] = at[row[e]], at[col[e]]
	}
	out, err := FromCOO(h.Nodes, row, col, w)
	if err != nil {
		panic(err)
	}
	if h.Nodes > 0 {
		out.X = takeRows(denseOf(featuresOf(h), h.Nodes, len(featuresOf(h))/h.Nodes), order)
	}
	return out
}

func TestPropertyPadThenHosts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		graphs := drawGraphs(t, rapid.Bool().Draw(t, "sparse X"))
		p, err := Pad(graphs, rapid.SampledFrom([]int{0, 5, 8}).Draw(t, "places"), tensor.Float64)
		require.NoError(t, err)
		back, err := p.Hosts()
		require.NoError(t, err)
		for b := range graphs {
			assertSame(t, graphs[b], back[b])
		}
		again, err := Pad(back, p.X.Shape()[1], tensor.Float64)
		require.NoError(t, err)
		assert.Equal(t, p.X.Data(), again.X.Data())
		assert.Equal(t, p.A.Data(), again.A.Data())
		assert.Equal(t, p.Mask.Data(), again.Mask.Data())
	})
}

// Whatever is swapped into one input, within its budget, is what layers see;
// padding changes nothing.
func TestPropertyEveryBatchIsHeld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(constructors()).Draw(t, "constructor")
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2))
		more := rapid.IntRange(0, 3).Draw(t, "spare")
		first := []*Host{randomHost(r, 5, 2, true, false)}
		b := Budget{Graphs: 3 + more, Nodes: 15 + more, NodesPerGraph: 5 + more, Edges: 30 + more, Weighted: true}
		in, err := c.make(G.NewGraph(), "graphs", first, tensor.Float64, b)
		require.NoError(t, err)
		for range 2 {
			var graphs []*Host
			for _, n := range rapid.SliceOfN(rapid.IntRange(0, 5), 1, 3).Draw(t, "nodes") {
				graphs = append(graphs, randomHost(r, n, 2, r.IntN(2) == 0, false))
			}
			require.NoError(t, c.set(in, graphs))
			assertHolds(t, in, graphs)
		}
	})
}

func TestPropertyDisjointToBatchAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		graphs := drawGraphs(t, false)
		in, err := NewDisjoint(G.NewGraph(), "graphs", graphs, tensor.Float64, Budget{Graphs: 6, Nodes: 22})
		require.NoError(t, err)
		b, err := in.ToBatch(rapid.IntRange(5, 7).Draw(t, "places"))
		require.NoError(t, err)
		if rapid.Bool().Draw(t, "dense") {
			b, err = b.DenseA()
			require.NoError(t, err)
		}
		assertKept(t, b, graphs)
		back, err := b.ToDisjoint()
		require.NoError(t, err)
		assertKept(t, back, graphs)
		twice, err := back.ToBatch(5)
		require.NoError(t, err)
		assertKept(t, twice, graphs)
	})
}

// Permuting nodes permutes the product with A and keeps what is per graph.
func TestPropertyPermutation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		graphs := drawGraphs(t, false)
		h, _, err := Collate(graphs)
		require.NoError(t, err)
		order := rapid.Permutation(numbers1(h.Nodes)).Draw(t, "order")
		run := func(h *Host) ([]float64, *Host) {
			h, err := h.Normalized(GCN())
			require.NoError(t, err)
			in, err := NewSingle(G.NewGraph(), "graph", h, tensor.Float64)
			require.NoError(t, err)
			return eval(t, need[*G.Node](t)(in.A.Mul(in.X.Dense)))[0], h
		}
		before, _ := run(h)
		after, p := run(permuted(h, order))
		width := p.X.Shape()[1]
		for i, from := range order {
			for c := range width {
				assert.InDelta(t, before[from*width+c], after[i*width+c], 1e-12, fmt.Sprint(order))
			}
		}
	})
}

// Normalising on the host is normalising as nodes, whatever the graph.
func TestPropertyNormalized(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 3))
		h := randomHost(r, rapid.IntRange(1, 6).Draw(t, "nodes"), 1, rapid.Bool().Draw(t, "weighted"), false)
		n := rapid.SampledFrom(normalizations()).Draw(t, "normalization")
		if rapid.Bool().Draw(t, "dense") {
			h = densely(h)
		}
		in, err := NewSingle(G.NewGraph(), "graph", h, tensor.Float64)
		require.NoError(t, err)
		in.A, err = in.A.Normalize(in.X.Like(), n)
		require.NoError(t, err)
		dense, err := in.DenseA()
		require.NoError(t, err)
		host, err := h.Normalized(n)
		require.NoError(t, err)
		var want []float64
		for _, row := range matrix(host) {
			want = append(want, row...)
		}
		for i, got := range eval(t, dense.A.(DenseAdj).Node)[0] {
			assert.InDelta(t, want[i], got, 1e-12*max(1, math.Abs(want[i])))
		}
	})
}
