package losses_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/graphpool/graphpool/losses/metrics"
)

// graph is a test graph: the stored entries of A in row-major order, and their
// weights.
type graph struct {
	n        int
	row, col []int
	w        []float64
}

// edge is an undirected edge; one with a == b is stored once.
type edge struct {
	a, b int
	w    float64
}

func newGraph(n int, edges ...edge) graph {
	a := make([]float64, n*n)
	for _, e := range edges {
		a[e.a*n+e.b], a[e.b*n+e.a] = e.w, e.w
	}
	g := graph{n: n}
	for i, w := range a {
		if w != 0 {
			g.row, g.col, g.w = append(g.row, i/n), append(g.col, i%n), append(g.w, w)
		}
	}
	return g
}

// twoTriangles is two triangles joined by the edge 2–3.
func twoTriangles() graph {
	return newGraph(6, edge{0, 1, 1}, edge{0, 2, 1}, edge{1, 2, 1}, edge{2, 3, 1},
		edge{3, 4, 1}, edge{3, 5, 1}, edge{4, 5, 1})
}

// dense is A, row by row.
func (g graph) dense() []float64 {
	a := make([]float64, g.n*g.n)
	for e, w := range g.w {
		a[g.row[e]*g.n+g.col[e]] += w
	}
	return a
}

// metric is the graph as package metrics takes it.
func (g graph) metric() metrics.Graph {
	m := metrics.Graph{RowPtr: make([]int32, g.n+1), Weights: append([]float64{}, g.w...)}
	for e := range g.row {
		m.RowPtr[g.row[e]+1]++
		m.Col = append(m.Col, int32(g.col[e]))
	}
	for i := range g.n {
		m.RowPtr[i+1] += m.RowPtr[i]
	}
	return m
}

// permuted is g with node i renamed to[i].
func (g graph) permuted(to []int) graph {
	var edges []edge
	for e, w := range g.w {
		edges = append(edges, edge{to[g.row[e]], to[g.col[e]], w})
	}
	return newGraph(g.n, edges...)
}

// signal is a graph with an assignment of its nodes, n×k.
type signal struct {
	graph
	s []float64
}

// hard is an assignment of each node to one of k clusters.
func hard(k int, clusters ...int) []float64 {
	s := make([]float64, len(clusters)*k)
	for i, c := range clusters {
		s[i*k+c] = 1
	}
	return s
}

// uniform is an assignment of n nodes to k clusters in equal parts.
func uniform(n, k int) []float64 {
	s := make([]float64, n*k)
	for i := range s {
		s[i] = 1 / float64(k)
	}
	return s
}

// graphs draws an undirected graph of 0 to 7 nodes: weighted or not, with
// isolated nodes, self loops, or no edge at all.
func graphs(weighted bool) *rapid.Generator[graph] {
	return rapid.Custom(func(t *rapid.T) graph {
		n := rapid.IntRange(0, 7).Draw(t, "nodes")
		var edges []edge
		for range rapid.IntRange(0, 3*n).Draw(t, "edges") {
			w := 1.
			if weighted {
				w = float64(rapid.IntRange(1, 64).Draw(t, "weight")) / 16
			}
			edges = append(edges, edge{rapid.IntRange(0, n-1).Draw(t, "a"), rapid.IntRange(0, n-1).Draw(t, "b"), w})
		}
		return newGraph(n, edges...)
	})
}

// signals draws a graph with an assignment: hard, with clusters that may be
// empty, or soft, down to shares that underflow.
func signals(k int) *rapid.Generator[signal] {
	return rapid.Custom(func(t *rapid.T) signal {
		g := graphs(rapid.Bool().Draw(t, "weighted")).Draw(t, "graph")
		if rapid.Bool().Draw(t, "hard") {
			return signal{g, hard(k, rapid.SliceOfN(rapid.IntRange(0, k-1), g.n, g.n).Draw(t, "clusters")...)}
		}
		s := signal{graph: g}
		scale := rapid.SampledFrom([]float64{1, 4, 400}).Draw(t, "scale")
		for range g.n {
			logits := rapid.SliceOfN(rapid.Float64Range(-1, 1), k, k).Draw(t, "logits")
			s.s = append(s.s, softmax(logits, scale)...)
		}
		return s
	})
}

func softmax(x []float64, scale float64) []float64 {
	top := math.Inf(-1)
	for _, v := range x {
		top = math.Max(top, v*scale)
	}
	y := make([]float64, len(x))
	sum := 0.
	for i, v := range x {
		y[i] = math.Exp(v*scale - top)
		sum += y[i]
	}
	for i := range y {
		y[i] /= sum
	}
	return y
}

// requireClose fails unless two numbers agree to tol, relative to max(1, |want|).
func requireClose(t require.TestingT, want, got, tol float64, what ...any) {
	if h, ok := t.(interface{ Helper() }); ok {
		h.Helper()
	}
	require.InDelta(t, want, got, tol*math.Max(1, math.Abs(want)), what...)
}

func finite(t require.TestingT, what string, xs ...float64) {
	for _, x := range xs {
		require.False(t, math.IsNaN(x) || math.IsInf(x, 0), "%s: %v", what, xs)
	}
}

func TestGraphsOfTests(t *testing.T) {
	g := twoTriangles()
	require.Len(t, g.w, 14)
	q, err := metrics.Modularity(g.metric(), []int{0, 0, 0, 1, 1, 1})
	require.NoError(t, err)
	requireClose(t, 5./14, q, 1e-15)
}
