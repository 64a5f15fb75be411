// Package ring generates a ring of cliques: the graph on which the resolution
// limit of modularity was shown.
//
// Source: S. Fortunato, M. Barthélemy, "Resolution limit in community detection",
// PNAS 104(1), 2007, doi:10.1073/pnas.0605965104.
package ring

import (
	"fmt"
	"math"

	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/internal/edgelist"
)

// Generate returns cliques complete graphs of size nodes each, the last node of
// each joined by one edge to the first of the next. Labels are the cliques; node
// i of clique c has the number c·size + i. Split at the cliques, for cliques and
// size of at least 3, the graph has the modularity
//
//	1 − 2/(size·(size−1) + 2) − 1/cliques.
//
// One clique has no ring, and two cliques of one node have one edge. It errs for
// a number below 1, and for a graph of more than 2³¹−1 entries.
func Generate(cliques, size int) (*graphfile.Graph, error) {
	if cliques < 1 {
		return nil, fmt.Errorf("ring: cliques = %d, want at least 1", cliques)
	}
	if size < 1 {
		return nil, fmt.Errorf("ring: size = %d, want at least 1", size)
	}
	if float64(cliques)*(float64(size)*float64(size-1)+2) >= math.MaxInt32 {
		return nil, fmt.Errorf("ring: cliques = %d of size = %d, want fewer than %d entries in all", cliques, size, math.MaxInt32)
	}
	g := &graphfile.Graph{Nodes: cliques * size, Labels: make([]int, cliques*size)}
	var edges []edgelist.Edge
	for c := range cliques {
		first := int32(c * size)
		for i := range int32(size) {
			g.Labels[first+i] = c
			for j := range i {
				edges = append(edges, edgelist.New(first+i, first+j))
			}
		}
		next := int32((c + 1) % cliques * size)
		if cliques > 2 || cliques == 2 && (c == 0 || size > 1) {
			edges = append(edges, edgelist.New(first+int32(size)-1, next))
		}
	}
	g.RowPtr, g.Col = edgelist.Rows(g.Nodes, edges)
	return g, nil
}
