package outcome

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/report"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// nodeOut is a node of clusters.gexf and clusters.graphml.
type nodeOut struct {
	name       string
	cluster    int
	size       int // of its cluster
	degree     int
	confidence string
	label      string // "" for none
	x, y       float64
	colour     string
}

// nodes are the nodes with their clusters and places; placed is false where the
// report has no picture of the graph.
func (out *output) nodes() (all []nodeOut, placed bool) {
	g, res := out.graph, out.res
	var places [][2]float64
	if len(out.figures) > 0 {
		places = out.figures[0].Places()
	}
	for i, c := range res.Cluster {
		n := nodeOut{
			name: strconv.Itoa(i), cluster: c, size: res.Sizes[c], degree: int(g.RowPtr[i+1] - g.RowPtr[i]),
			confidence: strconv.FormatFloat(float64(res.Confidence[i]), 'g', -1, 32), colour: report.ClusterColour(c),
		}
		if g.Names != nil {
			n.name = g.Names[i]
		}
		if g.Labels != nil && g.Labels[i] >= 0 {
			n.label = strconv.Itoa(g.Labels[i])
			if g.Labels[i] < len(g.LabelNames) {
				n.label = g.LabelNames[g.Labels[i]]
			}
		}
		if places != nil {
			n.x, n.y = places[i][0], -places[i][1] // y is up there
		}
		all = append(all, n)
	}
	return all, places != nil
}

// edges calls f with each edge once.
func (out *output) edges(f func(i, j int, weight string)) {
	g := out.graph
	for i := range g.Nodes {
		for p := g.RowPtr[i]; p < g.RowPtr[i+1]; p++ {
			if j := int(g.Col[p]); i < j {
				w := "1"
				if g.Weights != nil {
					w = strconv.FormatFloat(float64(g.Weights[p]), 'g', -1, 32)
				}
				f(i, j, w)
			}
		}
	}
}

// escaped is text for XML, which has no control characters: they become their
// pictures.
func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text.Visible(s))) // a Builder does not err
	return b.String()
}

// writeGEXF writes the graph for Gephi, with the clusters as modularity_class
// and the report's places and colours.
func writeGEXF(to io.Writer, out *output) error {
	w := bufio.NewWriter(to)
	nodes, placed := out.nodes()
	fmt.Fprint(w, xml.Header+`<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">`+"\n"+
		"  <meta><creator>trainclustering "+escaped(out.res.Version)+"</creator><description>"+escaped(out.res.Command)+"</description></meta>\n"+
		`  <graph mode="static" defaultedgetype="undirected">`+"\n"+`    <attributes class="node">
      <attribute id="modularity_class" title="modularity_class" type="integer"/>
      <attribute id="confidence" title="confidence" type="float"/>
      <attribute id="cluster_size" title="cluster_size" type="integer"/>
      <attribute id="label" title="class" type="string"/>
    </attributes>
    <nodes>
`)
	for i, n := range nodes {
		fmt.Fprintf(w, `      <node id="%d" label="%s"><attvalues><attvalue for="modularity_class" value="%d"/>`+
			`<attvalue for="confidence" value="%s"/><attvalue for="cluster_size" value="%d"/>`, i, escaped(n.name), n.cluster, n.confidence, n.size)
		if n.label != "" {
			fmt.Fprintf(w, `<attvalue for="label" value="%s"/>`, escaped(n.label))
		}
		fmt.Fprint(w, "</attvalues>")
		var r, g, b int
		_, _ = fmt.Sscanf(n.colour, "#%02x%02x%02x", &r, &g, &b) // it is one
		fmt.Fprintf(w, `<viz:color r="%d" g="%d" b="%d"/><viz:size value="%d"/>`, r, g, b, 4+min(n.degree, 40))
		if placed {
			fmt.Fprintf(w, `<viz:position x="%.2f" y="%.2f" z="0"/>`, n.x, n.y)
		}
		fmt.Fprint(w, "</node>\n")
	}
	fmt.Fprint(w, "    </nodes>\n    <edges>\n")
	e := 0
	out.edges(func(i, j int, weight string) {
		fmt.Fprintf(w, `      <edge id="%d" source="%d" target="%d" weight="%s"/>`+"\n", e, i, j, weight)
		e++
	})
	fmt.Fprint(w, "    </edges>\n  </graph>\n</gexf>\n")
	return w.Flush()
}

// writeGraphML writes the same as GraphML, with places as the attributes x and y.
func writeGraphML(to io.Writer, out *output) error {
	w := bufio.NewWriter(to)
	nodes, placed := out.nodes()
	fmt.Fprint(w, xml.Header+`<graphml xmlns="http://graphml.graphdrawing.org/xmlns">`+"\n")
	for _, key := range [][2]string{
		{"label", "string"},
		{"modularity_class", "int"},
		{"confidence", "double"},
		{"cluster_size", "int"},
		{"size", "double"},
		{"class", "string"},
		{"x", "double"},
		{"y", "double"},
	} {
		fmt.Fprintf(w, `  <key id="%s" for="node" attr.name="%[1]s" attr.type="%s"/>`+"\n", key[0], key[1])
	}
	fmt.Fprint(w, `  <key id="weight" for="edge" attr.name="weight" attr.type="double"/>`+"\n"+`  <graph edgedefault="undirected">`+"\n")
	for i, n := range nodes {
		fmt.Fprintf(w, `    <node id="n%d"><data key="label">%s</data><data key="modularity_class">%d</data><data key="confidence">%s</data>`+
			`<data key="cluster_size">%d</data><data key="size">%d</data>`, i, escaped(n.name), n.cluster, n.confidence, n.size, 4+min(n.degree, 40))
		if n.label != "" {
			fmt.Fprintf(w, `<data key="class">%s</data>`, escaped(n.label))
		}
		if placed {
			fmt.Fprintf(w, `<data key="x">%.2f</data><data key="y">%.2f</data>`, n.x, n.y)
		}
		fmt.Fprint(w, "</node>\n")
	}
	out.edges(func(i, j int, weight string) {
		fmt.Fprintf(w, `    <edge source="n%d" target="n%d"><data key="weight">%s</data></edge>`+"\n", i, j, weight)
	})
	fmt.Fprint(w, "  </graph>\n</graphml>\n")
	return w.Flush()
}
