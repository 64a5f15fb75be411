package graphfile

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// dotKey says whether a name can be an attribute of DOT that does not draw.
func dotKey(name string) bool {
	return dotHolds(name) && !slices.Contains(dotDrawing(), plainName(name))
}

// dotHolds says whether DOT can hold a text: it has no way to write a
// backslash before a quote or the end.
func dotHolds(s string) bool {
	return !strings.ContainsAny(s, "\x00\ufffd") && !strings.HasSuffix(s, `\`) &&
		!strings.Contains(s, `\"`) && !strings.Contains(s, "\\\n") && !strings.Contains(s, "\\\r")
}

// writeDOT writes nodes by their name with "class" and features, and edges
// with "weight".
func writeDOT(out io.Writer, g *Graph) error {
	const want = `text without zero bytes, and without \ before a quote or the end`
	names, err := g.written("DOT", want, dotHolds)
	if err != nil {
		return err
	}
	if err := g.checkWords("DOT", want, dotHolds); err != nil {
		return err
	}
	if names == nil {
		names = indices(g.Nodes, 0)
	}
	w := bufio.NewWriter(out)
	fmt.Fprint(w, "graph {\n")
	columns, _ := g.columnNames(dotKey)
	for i := range g.Nodes {
		fmt.Fprintf(w, "  %s", dotQuote(names[i]))
		if attrs := dotAttrs(g, columns, i); attrs != nil {
			fmt.Fprintf(w, " [%s]", strings.Join(attrs, ", "))
		}
		fmt.Fprint(w, ";\n")
	}
	g.eachEdge(func(i, j int, weight float32) {
		fmt.Fprintf(w, "  %s -- %s", dotQuote(names[i]), dotQuote(names[j]))
		if g.Weights != nil {
			fmt.Fprintf(w, ` [weight="%s"]`, single(weight))
		}
		fmt.Fprint(w, ";\n")
	})
	fmt.Fprint(w, "}\n")
	return w.Flush()
}

// dotAttrs are the attributes of node i.
func dotAttrs(g *Graph, columns []string, i int) []string {
	var out []string
	if word, ok := g.class(i); ok {
		out = append(out, classKey+"="+dotQuote(word))
	}
	if x := g.Features; x != nil {
		x.row(i, i == 0 || x.Dense != nil, func(j int, v float32) {
			out = append(out, dotQuote(columns[j])+"="+strconv.Quote(single(v)))
		})
	}
	return out
}

func dotQuote(s string) string {
	return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"`
}
