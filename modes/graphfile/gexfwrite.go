package graphfile

import (
	"bufio"
	"fmt"
	"io"
)

// writeGEXF writes GEXF 1.2: nodes with their name as label, the label as the
// attribute "class", each column of the features as an attribute whose default
// is 0, and edges with their weight.
func writeGEXF(out io.Writer, g *Graph) error {
	names, err := g.written("GEXF", xmlWant, xmlHolds)
	if err != nil {
		return err
	}
	if err := g.checkWords("GEXF", xmlWant, xmlHolds); err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	fmt.Fprint(w, xmlHead+`<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">`+"\n"+
		`  <graph mode="static" defaultedgetype="undirected">`+"\n")
	gexfAttributes(w, g)
	fmt.Fprint(w, "    <nodes>\n")
	for i := range g.Nodes {
		fmt.Fprintf(w, `      <node id="%d"`, i)
		if names != nil {
			fmt.Fprintf(w, ` label="%s"`, xmlEscape(names[i]))
		}
		fmt.Fprint(w, ">")
		gexfValues(w, g, i)
		fmt.Fprint(w, "</node>\n")
	}
	fmt.Fprint(w, "    </nodes>\n    <edges>\n")
	e := 0
	g.eachEdge(func(i, j int, weight float32) {
		fmt.Fprintf(w, `      <edge id="%d" source="%d" target="%d"`, e, i, j)
		if g.Weights != nil {
			fmt.Fprintf(w, ` weight="%s"`, single(weight))
		}
		fmt.Fprint(w, "/>\n")
		e++
	})
	fmt.Fprint(w, "    </edges>\n  </graph>\n</gexf>\n")
	return w.Flush()
}

// gexfAttributes declares the attributes of nodes.
func gexfAttributes(w io.Writer, g *Graph) {
	if g.Labels == nil && g.Features == nil {
		return
	}
	fmt.Fprint(w, `    <attributes class="node">`+"\n")
	if g.Labels != nil {
		fmt.Fprintf(w, `      <attribute id="class" title="%s" type="%s"/>`+"\n", classKey, classType(g, "integer"))
	}
	columns, _ := g.columnNames(xmlHolds)
	for j, name := range columns {
		fmt.Fprintf(w, `      <attribute id="f%d" title="%s" type="float"><default>0</default></attribute>`+"\n", j, xmlEscape(name))
	}
	fmt.Fprint(w, "    </attributes>\n")
}

// gexfValues writes the attributes of node i.
func gexfValues(w io.Writer, g *Graph, i int) {
	word, labelled := g.class(i)
	if !labelled && g.Features == nil {
		return
	}
	fmt.Fprint(w, "<attvalues>")
	if labelled {
		fmt.Fprintf(w, `<attvalue for="class" value="%s"/>`, xmlEscape(word))
	}
	if g.Features != nil {
		g.Features.row(i, false, func(j int, v float32) {
			fmt.Fprintf(w, `<attvalue for="f%d" value="%s"/>`, j, single(v))
		})
	}
	fmt.Fprint(w, "</attvalues>")
}
