package graphfile

import (
	"bufio"
	"fmt"
	"io"
	"math"
)

// writeMETIS writes the neighbours of each node, with the weights of the edges
// where they have some, which have to be whole numbers.
func writeMETIS(out io.Writer, g *Graph) error {
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "%d %d", g.Nodes, g.Edges())
	if g.Weights != nil {
		fmt.Fprint(w, " 001")
	}
	fmt.Fprintln(w)
	for i := range g.Nodes {
		for p := g.RowPtr[i]; p < g.RowPtr[i+1]; p++ {
			if p > g.RowPtr[i] {
				fmt.Fprint(w, " ")
			}
			fmt.Fprint(w, g.Col[p]+1)
			if g.Weights == nil {
				continue
			}
			weight := float64(g.Weights[p])
			if weight < 1 || weight != math.Trunc(weight) {
				return fmt.Errorf("the edge of nodes %d and %d weighs %v, want whole numbers from 1 in METIS", i, g.Col[p], g.Weights[p])
			}
			fmt.Fprintf(w, " %.0f", weight)
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}
