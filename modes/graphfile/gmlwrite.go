package graphfile

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// gmlKey says whether a name can be a key of GML.
func gmlKey(name string) bool {
	return regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`).MatchString(name)
}

// writeGML writes nodes with id, label, class and features, and edges with
// their weight.
func writeGML(out io.Writer, g *Graph) error {
	anyText := func(string) bool { return true }
	names, err := g.written("GML", "UTF-8", anyText)
	if err != nil {
		return err
	}
	if err := g.checkWords("GML", "UTF-8", anyText); err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	fmt.Fprint(w, "graph [\n")
	columns, _ := g.columnNames(gmlKey)
	for i := range g.Nodes {
		name := strconv.Itoa(i)
		if names != nil {
			name = names[i]
		}
		fmt.Fprintf(w, "  node [\n    id %d\n    label %s\n", i, gmlQuote(name))
		if word, ok := g.class(i); ok {
			if g.LabelNames != nil {
				word = gmlQuote(word)
			}
			fmt.Fprintf(w, "    %s %s\n", classKey, word)
		}
		if x := g.Features; x != nil {
			x.row(i, i == 0 || x.Dense != nil, func(j int, v float32) {
				fmt.Fprintf(w, "    %s %s\n", columns[j], gmlNumber(v))
			})
		}
		fmt.Fprint(w, "  ]\n")
	}
	g.eachEdge(func(i, j int, weight float32) {
		fmt.Fprintf(w, "  edge [\n    source %d\n    target %d\n", i, j)
		if g.Weights != nil {
			fmt.Fprintf(w, "    weight %s\n", gmlNumber(weight))
		}
		fmt.Fprint(w, "  ]\n")
	})
	fmt.Fprint(w, "]\n")
	return w.Flush()
}

// gmlNumber writes a number with a decimal point, as GML wants before an
// exponent.
func gmlNumber(v float32) string {
	s := single(v)
	if mantissa, exponent, found := strings.Cut(s, "e"); found && !strings.Contains(mantissa, ".") {
		return mantissa + ".0e" + exponent
	}
	return s
}

// gmlQuote writes text in quotes: what is not printable ASCII as an entity.
func gmlQuote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"':
			b.WriteString("&quot;")
		case r == '&':
			b.WriteString("&amp;")
		case r < ' ' || r > '~':
			fmt.Fprintf(&b, "&#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
