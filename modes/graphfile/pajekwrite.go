package graphfile

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// writePajek writes *Vertices with their names, and *Edges. Pajek has no way
// to write a quote or a line's end in a name.
func writePajek(out io.Writer, g *Graph) error {
	names, err := g.written("Pajek", "text without quotes and control characters", func(s string) bool {
		return s != "" && !strings.ContainsRune(s, '"') && !strings.ContainsFunc(s, unicode.IsControl)
	})
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "*Vertices %d\n", g.Nodes)
	for i := range g.Nodes {
		name := strconv.Itoa(i)
		if names != nil {
			name = names[i]
		}
		fmt.Fprintf(w, "%d \"%s\"\n", i+1, name)
	}
	fmt.Fprintln(w, "*Edges")
	g.eachEdge(func(i, j int, weight float32) {
		if g.Weights == nil {
			fmt.Fprintf(w, "%d %d\n", i+1, j+1)
		} else {
			fmt.Fprintf(w, "%d %d %s\n", i+1, j+1, single(weight))
		}
	})
	return w.Flush()
}
