package graphfile

import (
	"bufio"
	"fmt"
	"io"
)

// writeMTX writes the lower triangle of a symmetric matrix: pattern where
// every edge weighs 1, else real.
func writeMTX(out io.Writer, g *Graph) error {
	w := bufio.NewWriter(out)
	field := "real"
	if g.Weights == nil {
		field = "pattern"
	}
	fmt.Fprintf(w, "%s matrix coordinate %s symmetric\n%d %d %d\n", mtxBanner, field, g.Nodes, g.Nodes, g.Edges())
	g.eachEdge(func(i, j int, weight float32) {
		if g.Weights == nil {
			fmt.Fprintf(w, "%d %d\n", j+1, i+1)
		} else {
			fmt.Fprintf(w, "%d %d %s\n", j+1, i+1, single(weight))
		}
	})
	return w.Flush()
}
