// Package edgelist turns the edges that the generators draw into rows.
package edgelist

import "slices"

// Edge is an undirected edge, its smaller node first.
type Edge [2]int32

// New returns the edge between two nodes.
func New(a, b int32) Edge { return Edge{min(a, b), max(a, b)} }

// Rows stores both directions of each edge in compressed sparse rows, columns
// ascending. Edges are different and no self loops.
func Rows(nodes int, edges []Edge) (ptr, col []int32) {
	ptr, col = make([]int32, nodes+1), make([]int32, 2*len(edges))
	for _, e := range edges {
		ptr[e[0]+1]++
		ptr[e[1]+1]++
	}
	for i := range nodes {
		ptr[i+1] += ptr[i]
	}
	next := slices.Clone(ptr)
	for _, e := range edges {
		col[next[e[0]]], col[next[e[1]]] = e[1], e[0]
		next[e[0]]++
		next[e[1]]++
	}
	for i := range nodes {
		slices.Sort(col[ptr[i]:ptr[i+1]])
	}
	return ptr, col
}
