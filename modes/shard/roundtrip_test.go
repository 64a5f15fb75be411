package shard_test

import (
	"context"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/shard"
	"github.com/graphpool/graphpool/ops"
)

// edge is an undirected edge; one of i = j is a loop.
type edge struct {
	i, j int
	w    float64
}

// hostOf is the graph of the edges, weighted or not, with random features.
func hostOf(t *testing.T, nodes, features int, weighted bool, edges []edge) *modes.Host {
	t.Helper()
	var row, col []int
	var w []float64
	add := func(i, j int, v float64) { row, col, w = append(row, i), append(col, j), append(w, v) }
	for _, e := range edges {
		add(e.i, e.j, e.w)
		if e.i != e.j {
			add(e.j, e.i, e.w)
		}
	}
	if !weighted {
		w = nil
	}
	h := &modes.Host{Nodes: nodes}
	if len(row) > 0 {
		var err error
		h, err = modes.FromCOO(nodes, row, col, w)
		require.NoError(t, err)
	}
	if features > 0 {
		r := rand.New(rand.NewPCG(1, 2))
		x := make([]float32, nodes*features)
		for i := range x {
			x[i] = float32(r.NormFloat64())
		}
		h.X = tensor.New(tensor.WithShape(nodes, features), tensor.WithBacking(x))
	}
	return h
}

// randomEdges draws different edges with weights that float32 holds.
func randomEdges(nodes, n int) []edge {
	r := rand.New(rand.NewPCG(3, 4))
	seen := map[[2]int]bool{}
	var out []edge
	for len(out) < n {
		i, j := r.IntN(nodes), r.IntN(nodes)
		if at := [2]int{min(i, j), max(i, j)}; i != j && !seen[at] {
			seen[at] = true
			out = append(out, edge{i, j, float64(float32(r.ExpFloat64()))})
		}
	}
	return out
}

// graphs are the graphs of the tests.
func graphs(t *testing.T) map[string]*modes.Host {
	var star []edge
	for i := 1; i < 60; i++ {
		star = append(star, edge{0, i, 1})
	}
	isolated := randomEdges(20, 25)
	loops := append(randomEdges(30, 60), edge{0, 0, 2}, edge{7, 7, .5})
	return map[string]*modes.Host{
		"random":   hostOf(t, 70, 5, false, randomEdges(70, 200)),
		"weighted": hostOf(t, 70, 5, true, randomEdges(70, 200)),
		"hub":      hostOf(t, 60, 3, false, star),
		"isolated": hostOf(t, 40, 3, true, isolated),
		"loops":    hostOf(t, 30, 4, true, loops),
		"no edges": hostOf(t, 9, 2, false, nil),
		"one node": hostOf(t, 1, 1, false, nil),
		"bare":     hostOf(t, 12, 0, false, randomEdges(12, 20)),
		"empty":    {},
	}
}

// write makes a store of h and opens it.
func write(t *testing.T, h *modes.Host, o shard.Options) *shard.Store {
	t.Helper()
	s, err := shard.FromHost(h)
	require.NoError(t, err)
	return writeSource(t, s, o)
}

func writeSource(t *testing.T, s shard.Source, o shard.Options) *shard.Store {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "store")
	require.NoError(t, shard.Write(context.Background(), dir, s, o))
	store, err := shard.Open(dir)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, store.Close()) })
	return store
}

func TestDirectedGraphsAreRefusedByTheirEntry(t *testing.T) {
	h, err := modes.FromCOO(4, []int{0, 1, 2}, []int{1, 0, 3}, nil)
	require.NoError(t, err)
	_, err = shard.FromHost(h)
	assert.EqualError(t, err, "shard: the entry (2, 3) of A has no equal (3, 2), want A symmetric")
	h, err = modes.FromCOO(3, []int{0, 1}, []int{1, 0}, []float64{1, 2})
	require.NoError(t, err)
	_, err = shard.FromHost(h)
	assert.EqualError(t, err, "shard: the entry (0, 1) of A has no equal (1, 0), want A symmetric")
}

// TestDirectedFilesAreReadUndirected takes the mean of two directions, and the
// weight of the only one there is.
func TestDirectedFilesAreReadUndirected(t *testing.T) {
	g, err := graphfile.ReadEdgeList(strings.NewReader("0 1 2\n1 0 4\n1 2 5\n"), "edges")
	require.NoError(t, err)
	var e shard.Edges
	require.NoError(t, writeSource(t, shard.FromGraph(g), shard.Options{}).Edges(0, &e))
	assert.Equal(t, shard.Edges{Ptr: []int64{0, 1, 3, 4}, Col: []int32{1, 0, 2, 1}, Weight: []float32{3, 3, 5, 5}}, e)
}

func TestDenseAndSparseHosts(t *testing.T) {
	p, err := ops.NewPattern(2, 3, []int32{0, 1, 3}, []int32{2, 0, 1})
	require.NoError(t, err)
	h := &modes.Host{
		Nodes:   2,
		DenseA:  tensor.New(tensor.WithShape(2, 2), tensor.WithBacking([]float64{0, .5, .5, 0})),
		SparseX: &modes.HostSparse{Pattern: p, Values: []float64{1, 2, 3}},
	}
	s := write(t, h, shard.Options{})
	var e shard.Edges
	require.NoError(t, s.Edges(0, &e))
	assert.Equal(t, shard.Edges{Ptr: []int64{0, 1, 2}, Col: []int32{1, 0}, Weight: []float32{.5, .5}}, e)
	x, err := s.Features(0, 0, nil)
	require.NoError(t, err)
	assert.Equal(t, []float32{0, 0, 1, 2, 3, 0}, x)

	turned := tensor.New(tensor.WithShape(3, 2), tensor.WithBacking([]float32{1, 2, 3, 4, 5, 6}))
	require.NoError(t, turned.T())
	x, err = write(t, &modes.Host{Nodes: 2, X: turned}, shard.Options{}).Features(0, 0, nil)
	require.NoError(t, err)
	assert.Equal(t, []float32{1, 3, 5, 2, 4, 6}, x)
}

func TestRoundTrip(t *testing.T) {
	for name, h := range graphs(t) {
		for _, o := range []shard.Options{{}, {Block: 7}, {Block: 16, MaxEntries: 20}, {Block: 1}} {
			t.Run(name, func(t *testing.T) { checkRoundTrip(t, h, write(t, h, o), o) })
		}
	}
}

// checkRoundTrip compares all that a store has with what it was made of.
func checkRoundTrip(t *testing.T, h *modes.Host, s *shard.Store, o shard.Options) {
	ptr, col := make([]int32, h.Nodes+1), []int32(nil)
	if h.Pattern != nil {
		ptr, col = h.Pattern.Ptr(), h.Pattern.Col()
	}
	m := s.Meta()
	assert.Equal(t, int64(h.Nodes), m.Nodes)
	assert.Equal(t, int64(len(col)), m.Entries)
	var e shard.Edges
	next, total := int64(0), 0.
	for b := range s.Blocks() {
		lo, hi := s.Rows(b)
		require.Equal(t, next, lo)
		next = hi
		require.NoError(t, s.Edges(b, &e))
		assert.Equal(t, s.Entries(b), int64(len(e.Col)))
		if o.MaxEntries > 0 && hi-lo > 1 {
			assert.LessOrEqual(t, len(e.Col), o.MaxEntries)
		}
		d, err := s.Degrees(b, nil)
		require.NoError(t, err)
		for i := lo; i < hi; i++ {
			p, q := e.Ptr[i-lo], e.Ptr[i-lo+1]
			assert.Equal(t, append([]int32{}, col[ptr[i]:ptr[i+1]]...), append([]int32{}, e.Col[p:q]...))
			sum := 0.
			for k := range int(q - p) {
				w := 1.
				if h.Weights != nil {
					w = h.Weights[int(ptr[i])+k]
					assert.Equal(t, w, float64(e.Weight[int(p)+k]))
				}
				sum += w
			}
			assert.Equal(t, sum, d[i-lo])
			total += sum
		}
		if h.X == nil {
			continue
		}
		x, err := s.Features(0, b, nil)
		require.NoError(t, err)
		f := int64(m.Features)
		assert.Equal(t, h.X.Data().([]float32)[lo*f:hi*f], x)
	}
	assert.Equal(t, int64(h.Nodes), next)
	assert.InDelta(t, total, m.TotalWeight, 1e-12*total)
}

func TestPropagatedFeatures(t *testing.T) {
	for name, h := range graphs(t) {
		for _, o := range []shard.Options{{Hops: 3}, {Hops: 2, Block: 7, Memory: 1}, {Hops: 1, Block: 16, MaxEntries: 20, Memory: 1000}} {
			t.Run(name, func(t *testing.T) { checkPropagated(t, h, write(t, h, o)) })
		}
	}
}

// With MeanLoop the features are those of the weights over their mean.
func TestMeanLoopIsOfScaledWeights(t *testing.T) {
	for name, h := range graphs(t) {
		scaled, err := h.Scaled()
		require.NoError(t, err)
		s := write(t, h, shard.Options{Hops: 2, MeanLoop: true})
		if scaled.Weights == nil {
			assert.Equal(t, 1., s.Meta().Loop, name)
		}
		t.Run(name, func(t *testing.T) { checkPropagated(t, scaled, s) })
	}
}

// checkPropagated compares ÂᵗX with products by the library's Â in float64.
func checkPropagated(t *testing.T, h *modes.Host, s *shard.Store) {
	if h.X == nil {
		assert.Zero(t, s.Meta().Propagated)
		return
	}
	n, err := h.Normalized(modes.GCN())
	require.NoError(t, err)
	f := h.X.Shape()[1]
	x := make([]float64, h.Nodes*f)
	for i, v := range h.X.Data().([]float32) {
		x[i] = float64(v)
	}
	for hop := 1; hop <= s.Meta().Propagated; hop++ {
		x = product(n.Pattern, n.Weights, x, f)
		for b := range s.Blocks() {
			lo, hi := s.Rows(b)
			got, err := s.Features(hop, b, nil)
			require.NoError(t, err)
			for i, want := range x[int(lo)*f : int(hi)*f] {
				assert.InDelta(t, want, got[i], 2e-6*math.Max(1, math.Abs(want)), "hop %d, block %d, value %d", hop, b, i)
			}
		}
	}
}

// product is A·x, x with f columns.
func product(p *ops.Pattern, w, x []float64, f int) []float64 {
	y := make([]float64, p.Rows()*f)
	for i := range p.Rows() {
		for e := p.Ptr()[i]; e < p.Ptr()[i+1]; e++ {
			for c := range f {
				y[i*f+c] += w[e] * x[int(p.Col()[e])*f+c]
			}
		}
	}
	return y
}
