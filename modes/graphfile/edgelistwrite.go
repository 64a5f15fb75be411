package graphfile

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// writeCSV writes an edge a line behind the header source,target[,weight], in
// an order that numbers named nodes as in g. Where there is none, or a node has
// no edge, the nodes are listed before.
func writeCSV(out io.Writer, g *Graph) error { return writeEdges(out, g, ",") }

// writeTSV is writeCSV with tabs.
func writeTSV(out io.Writer, g *Graph) error { return writeEdges(out, g, "\t") }

func writeEdges(out io.Writer, g *Graph, comma string) error {
	if g.Names != nil && !distinct(g.Names) {
		return fmt.Errorf("two nodes share a name, want names that differ in an edge list")
	}
	names, err := g.written("an edge list", "text without control characters", func(s string) bool {
		return s != "" && !strings.ContainsFunc(s, unicode.IsControl)
	})
	if err != nil {
		return err
	}
	name := strconv.Itoa
	if names != nil {
		name = func(i int) string { return csvField(names[i]) }
	}
	w := bufio.NewWriter(out)
	if len(g.whyListed()) > 0 {
		for i := range g.Nodes {
			fmt.Fprintln(w, nodeLine+name(i))
		}
	}
	fmt.Fprint(w, "source"+comma+"target")
	if g.Weights != nil {
		fmt.Fprint(w, comma+"weight")
	}
	fmt.Fprintln(w)
	g.listed(names)(func(i, j int, weight float32) {
		fmt.Fprint(w, name(i)+comma+name(j))
		if g.Weights != nil {
			fmt.Fprint(w, comma+single(weight))
		}
		fmt.Fprintln(w)
	})
	return w.Flush()
}

// csvField is a name, in quotes unless it is of letters and digits alone.
func csvField(s string) string {
	odd := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '.' && r != '-'
	}
	if !strings.ContainsFunc(s, odd) {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
