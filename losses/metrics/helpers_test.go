package metrics

import (
	"math/rand/v2"
	"sort"
)

// edge is an undirected edge of a test graph; a == b is a self loop that is
// stored once, as it stands.
type edge struct {
	a, b int
	w    float64
}

func build(n int, weighted bool, edges ...edge) Graph {
	rows := make([][]edge, n)
	for _, e := range edges {
		rows[e.a] = append(rows[e.a], e)
		if e.a != e.b {
			rows[e.b] = append(rows[e.b], edge{e.b, e.a, e.w})
		}
	}
	g := Graph{RowPtr: []int32{0}}
	for _, r := range rows {
		sort.Slice(r, func(i, j int) bool { return r[i].b < r[j].b })
		for _, e := range r {
			g.Col = append(g.Col, int32(e.b))
			if weighted {
				g.Weights = append(g.Weights, e.w)
			}
		}
		g.RowPtr = append(g.RowPtr, int32(len(g.Col)))
	}
	return g
}

// twoTriangles is two triangles joined by the edge 2–3, and their split.
func twoTriangles() (Graph, []int) {
	g := build(6, false,
		edge{0, 1, 1}, edge{0, 2, 1}, edge{1, 2, 1}, edge{2, 3, 1},
		edge{3, 4, 1}, edge{3, 5, 1}, edge{4, 5, 1})
	return g, []int{0, 0, 0, 1, 1, 1}
}

func randomEdges(r *rand.Rand, n int, p float64) []edge {
	var edges []edge
	for a := range n {
		for b := a + 1; b < n; b++ {
			if r.Float64() < p {
				edges = append(edges, edge{a, b, 0.25 + r.Float64()})
			}
		}
	}
	return edges
}

func randomLabels(r *rand.Rand, n, k int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = r.IntN(k)
	}
	return out
}
