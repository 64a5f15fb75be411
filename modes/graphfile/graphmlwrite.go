package graphfile

import (
	"bufio"
	"fmt"
	"io"
)

// writeGraphML writes node ids n0, n1, … with their names as the attribute
// "name" (0, 1, … where nodes have no names), labels as "class", each column of
// the features as an attribute whose default is 0, and edges with "weight".
func writeGraphML(out io.Writer, g *Graph) error {
	names, err := g.written("GraphML", xmlWant, xmlHolds)
	if err != nil {
		return err
	}
	if err := g.checkWords("GraphML", xmlWant, xmlHolds); err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	fmt.Fprint(w, xmlHead+`<graphml xmlns="http://graphml.graphdrawing.org/xmlns">`+"\n")
	graphMLKeys(w, g, names != nil)
	fmt.Fprint(w, `  <graph edgedefault="undirected">`+"\n")
	prefix := ""
	if names != nil {
		prefix = "n"
	}
	for i := range g.Nodes {
		fmt.Fprintf(w, `    <node id="%s%d">`, prefix, i)
		if names != nil {
			fmt.Fprintf(w, `<data key="name">%s</data>`, xmlEscape(names[i]))
		}
		if word, ok := g.class(i); ok {
			fmt.Fprintf(w, `<data key="class">%s</data>`, xmlEscape(word))
		}
		if g.Features != nil {
			g.Features.row(i, false, func(j int, v float32) {
				fmt.Fprintf(w, `<data key="f%d">%s</data>`, j, single(v))
			})
		}
		fmt.Fprint(w, "</node>\n")
	}
	g.eachEdge(func(i, j int, weight float32) {
		fmt.Fprintf(w, `    <edge source="%s%d" target="%s%d">`, prefix, i, prefix, j)
		if g.Weights != nil {
			fmt.Fprintf(w, `<data key="weight">%s</data>`, single(weight))
		}
		fmt.Fprint(w, "</edge>\n")
	})
	fmt.Fprint(w, "  </graph>\n</graphml>\n")
	return w.Flush()
}

// graphMLKeys declares the attributes.
func graphMLKeys(w io.Writer, g *Graph, named bool) {
	key := func(id, of, name, kind, preset string) {
		if preset != "" {
			preset = "<default>" + preset + "</default>"
		}
		fmt.Fprintf(w, `  <key id="%s" for="%s" attr.name="%s" attr.type="%s">%s</key>`+"\n", id, of, xmlEscape(name), kind, preset)
	}
	if named {
		key("name", "node", "name", "string", "")
	}
	if g.Labels != nil {
		key("class", "node", classKey, classType(g, "int"), "")
	}
	columns, _ := g.columnNames(xmlHolds)
	for j, name := range columns {
		key(fmt.Sprintf("f%d", j), "node", name, "float", "0")
	}
	if g.Weights != nil {
		key("weight", "edge", "weight", "float", "")
	}
}

// classType is the type of the labels: whole, what the format calls whole
// numbers, or text.
func classType(g *Graph, whole string) string {
	if g.LabelNames != nil {
		return "string"
	}
	return whole
}
