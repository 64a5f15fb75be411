package graphfile

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// brief writes a graph in one line: names, edges with weights, classes,
// features.
func brief(g *Graph) string {
	names := g.Names
	if names == nil {
		names = indices(g.Nodes, 0)
	}
	var edges []string
	g.eachEdge(func(i, j int, w float32) {
		s := names[i] + "-" + names[j]
		if g.Weights != nil {
			s += ":" + single(w)
		}
		edges = append(edges, s)
	})
	out := strings.Join(names, " ") + " | " + strings.Join(edges, " ")
	if w := words(g); w != nil {
		out += " | classes " + strings.Join(w, " ")
	}
	if x := g.Features; x != nil {
		out += " | features"
		for i := range g.Nodes {
			row := make([]float32, x.Cols)
			x.row(i, true, func(j int, v float32) { row[j] = v })
			out += fmt.Sprint(" ", row)
		}
		if g.FeatureNames != nil {
			out += " of " + strings.Join(g.FeatureNames, ",")
		}
	}
	return out
}

// example is a file, the graph it holds, and something its changes say.
type example struct{ format, text, want, said string }

func TestFormatsByHand(t *testing.T) {
	for _, c := range slices.Concat(matrixExamples(), pajekExamples(), gmlExamples(), xmlExamples(), jsonExamples(), dotExamples()) {
		f, err := formatNamed(c.format)
		require.NoError(t, err)
		g, err := f.read(strings.NewReader(c.text), "g")
		require.NoError(t, err, c.text)
		requireSound(t, g)
		assert.Equal(t, c.want, brief(g), c.text)
		if c.said != "" {
			assert.Contains(t, strings.Join(g.Changes, "; "), c.said, c.text)
		}
	}
}

func matrixExamples() []example {
	const real, pattern = "%%MatrixMarket matrix coordinate real ", "%%MatrixMarket matrix coordinate pattern "
	return []example{
		{"mtx", real + "general\n3 3 3\n1 2 2\n2 1 4\n2 3 5\n", "0 1 2 | 0-1:3 1-2:5", "1 edge with different weights in its two directions averaged; 1 directed edge made undirected"},
		{"mtx", real + "general\n% c\n\n3 3 4\n1 2 2\n1 2 3\n3 3 9\n2 3 0\n", "0 1 2 | 0-1:5", "1 self loop dropped; 1 edge of weight 0 dropped; 1 duplicate edge added to its edge's weight"},
		{"mtx", real + "symmetric\n3 3 2\n2 1 0.5\n3 1 2\n", "0 1 2 | 0-1:0.5 0-2:2", "nodes are numbered from 0 here, from 1 in the file"},
		{"mtx", strings.ToUpper(pattern) + "Hermitian\n2 2 1\n2 1\n", "0 1 | 0-1", ""},
		{"mtx", "%%MatrixMarket matrix array integer symmetric\n3 3\n7\n2\n0\n7\n3\n7\n", "0 1 2 | 0-1:2 1-2:3", "3 self loops dropped"},
		{"mtx", "%%MatrixMarket matrix array real general\n2 2\n0\n1\n1\n0\n", "0 1 | 0-1", ""},
		{"metis", "% c\n6 6\n2 6\n1 3\n2 4\n3 5\n4 6\n1 5\n", "0 1 2 3 4 5 | 0-1 0-5 1-2 2-3 3-4 4-5", ""},
		{"metis", "3 2 1\n2 7\n1 7 3 1\n2 1\n", "0 1 2 | 0-1:7 1-2:1", ""},
		{"metis", "3 1 011\n4 2 7\n5 1 7\n6\n", "0 1 2 | 0-1:7 | features [4] [5] [6] of weight", "1 node attribute taken as features"},
		{"metis", "2 1 110 2\n9 1 2 2\n8 3 4 1\n", "0 1 | 0-1 | features [9 1 2] [8 3 4] of size,weight1,weight2", ""},
		{"metis", "3 1\n2\n1\n", "0 1 2 | 0-1", "1 line of a node missing at the end: it is isolated"},
		{"metis", "3 1\n\n3\n2\n", "0 1 2 | 1-2", ""},
	}
}

func pajekExamples() []example {
	return []example{
		{"pajek", "*vertices 3\n1 \"a b\" 0.1 0.2 ic Red\n2 c\n*Edges\n1 2 2\n2 1 3\n*Arcs\n2 3\n", "a b c 3 | a b-c:5 c-3:1", `not used: "place and look of vertices"`},
		{"pajek", "*Vertices 3\n*Arcs\n1 2 2\n2 1 3\n2 2 1\n", "1 2 3 | 1-2:2.5", "1 self loop dropped; 1 edge with different weights in its two directions averaged"},
		{"pajek", "% c\n*Network n\n*Vertices 4\n*Edgeslist\n1 2 3\n*Arcslist\n4 1 2\n", "1 2 3 4 | 1-2 1-3 1-4 2-4", "2 directed edges made undirected"},
		{"pajek", "*Vertices 2\n1 \"x\"\n2 \"x\"\n*Matrix\n0 1\n2 0\n", "1 2 | 1-2:1.5", "names left out (two vertices share one)"},
		{"pajek", "*Vertices 2\n*Edges :2 \"likes\"\n1 2\n*Partition p\n*Vertices 2\n1\n5\n", "1 2 | 1-2 | classes 1 5", "labels are the *Partition"},
	}
}

func gmlExamples() []example {
	return []example{
		{
			"gml", "Creator \"x\"\n# c\ngraph [ directed 0 node [ id 7 label \"A &amp; B\" club \"x\" ] node [ id 3 label \"C\" club \"x\" ] edge [ source 3 target 7 value 2 ] edge [ source 7 target 3 ] ]",
			"A & B C | A & B-C:3 | classes x x", "1 edge without a weight taken as 1; 1 duplicate edge added",
		},
		{
			"gml", "graph [ node [ id 0 label \"s\" age 1.5 graphics [ x 1 ] ] node [ id 5 label \"s\" age -2 ] edge [ source 0 target 5 note \"q\" ] ]",
			"0 5 | 0-5 | classes s s | features [1.5] [-2] of age", `node attributes not used: "graphics"; edge attributes not used: "note"`,
		},
		{"gml", "graph [ node [ id 0 value 4 ] node [ id 1 value 4 ] node [ id 2 ] node [ id 3 value 9 ] ]", "0 1 2 3 |  | classes 4 4 (none) 9", `labels are the node attribute "value"`},
		{"gml", "graph [ node [ id 0 value 4.5 ] node [ id 1 value 4.5 ] ]", "0 1 |  | features [4.5] [4.5] of value", ""},
	}
}

func xmlExamples() []example {
	graphML := func(keys, graph string) string {
		return `<?xml version="1.0"?><!DOCTYPE graphml><graphml xmlns="http://graphml.graphdrawing.org/xmlns">` + keys + "<graph " + graph + "</graph></graphml>"
	}
	gexf := func(graph string) string {
		return `<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph ` + graph + "</graph></gexf>"
	}
	return []example{
		{"graphml", graphML("", `edgedefault="undirected"><edge source="b" target="a"/><node id="a"/><node id="b"/><edge source="a" target="b"/>`), "b a | b-a", "1 duplicate edge collapsed"},
		{"graphml", graphML("", `edgedefault="directed"><node id="a"/><node id="b"/><edge source="a" target="b"/><edge source="b" target="a"/>`), "a b | a-b", "1 edge given in both directions counted once"},
		{"graphml", graphML(`<key id="k" for="node" attr.name="age" attr.type="double"><default>3</default></key><key id="w" for="edge" attr.name="Weight" attr.type="int"><default>2</default></key>`,
			`edgedefault="undirected"><node id="a"><data key="k">1</data></node><node id="b"/><edge source="a" target="b"/>`), "a b | a-b:2 | features [1] [3] of age", ""},
		{
			"graphml", graphML(`<key id="k" for="node" attr.name="class" attr.type="string"/><key id="f" for="node" attr.name="ok" attr.type="boolean"/>`,
				`><node id="a"><data key="k">x &lt; y</data><data key="f">true</data></node><node id="b"><data key="f">false</data></node>`),
			"a b |  | classes x < y (none) | features [1] [0] of ok", "",
		},
		{"graphml", `<?xml version="1.0" encoding="ISO-8859-1"?><graphml><graph><node id="M` + "\xfc" + `ller"/></graph></graphml>`, "Müller | ", ""},
		{"gexf", gexf(`defaultedgetype="directed"><nodes><node id="1" label="a"/><node id="2" label="b"/></nodes><edges><edge source="2" target="1" type="undirected" weight="3"/></edges>`), "a b | a-b:3", ""},
		{
			"gexf", gexf(`mode="dynamic"><attributes class="edge"><attribute id="0" title="weight" type="float"><default>4</default></attribute></attributes><nodes><node id="1"/><node id="2"/></nodes><edges><edge source="2" target="1"/></edges>`),
			"1 2 | 1-2:4", "a dynamic graph: times left out",
		},
		{
			"gexf", gexf(`><attributes class="node"><attribute id="m" title="Modularity Class" type="integer"/></attributes><nodes><node id="1"><attvalues><attvalue for="m" value="2"/></attvalues></node><node id="2"><attvalues><attvalue for="m" value="2"/></attvalues></node></nodes>`),
			"1 2 |  | classes 2 2", `labels are the node attribute "Modularity Class"`,
		},
	}
}

func jsonExamples() []example {
	return []example{
		{"json", `{"nodes":[{"name":"Myriel","group":1},{"name":"Napoleon","group":1}],"links":[{"source":1,"target":0,"value":8}]}`, "Myriel Napoleon | Myriel-Napoleon:8 | classes 1 1", ""},
		{
			"json", `{"directed":true,"multigraph":true,"graph":{"a":[1]},"nodes":[{"id":"a","x":[1,2]},{"id":5,"x":[3,4]}],"edges":[{"source":"a","target":5,"key":0},{"source":5,"target":"a","key":0}]}`,
			"a 5 | a-5 | features [1 2] [3 4] of x_0,x_1", `1 edge given in both directions counted once`,
		},
		{"jsonl", "{\"source\":\"a\",\"target\":\"b\",\"weight\":2}\n{\"source\":\"b\",\"target\":\"a\",\"weight\":1}\n\n", "a b | a-b:3", ""},
		{"jsonl", "{\"id\":\"c\",\"age\":2}\n{\"id\":\"b\",\"age\":4}\n{\"source\":\"b\",\"target\":\"c\"}\n{\"source\":\"b\",\"target\":\"a\"}\n", "c b a | c-b b-a | features [2] [4] [0] of age", ""},
		{"jsonl", `[{"from":10,"to":9},{"from":10,"to":2,"time":7}]`, "2 9 10 | 2-10 9-10", `edge attributes not used: "time"`},
		{"json", "\ufeff{\"links\":[{\"source\":\"\\u00e4\",\"target\":\"b\"}],\"nodes\":[{\"id\":\"b\"},{\"id\":\"ä\",\"note\":{\"k\":1}},{\"id\":\"c\",\"age\":null}]}", "ä b c | ä-b", `node attributes not used: "note"`},
	}
}

func dotExamples() []example {
	return []example{
		{"dot", "graph { a -- b -- c [weight=2]; c -- a; d }", "a b c d | a-b:2 a-c:1 b-c:2", "1 edge without a weight taken as 1"},
		{"dot", "strict digraph \"g\" { a -> {b c}; b:port -> a; subgraph s { e } }", "a b c e | a-b a-c", "1 directed edge made undirected; 1 edge given in both directions counted once"},
		{"dot", "graph { edge [weight=3]; a -- b; { edge [weight=1]; b -- c } }", "a b c | a-b:3 b-c:1", ""},
		{"dot", `graph { a -- b; b -- {c d}; e; a [label="Anna"]; }`, "a b c d e | a-b b-c b-d", `node attributes not used: "label"`},
		{"dot", `graph { a -- b -- c -- d; a [label="x"]; b [label="x"]; c [label="y"]; d [label="y"] }`, "a b c d | a-b b-c c-d", `node attributes not used: "label"`},
		{"dot", `graph { a [label=1]; b [label=1]; c [label=2]; d [label=2] }`, "a b c d | ", `node attributes not used: "label"`},
		{"dot", `graph { a -- b; a [label="Anna"]; b [label="Ben"] }`, "Anna Ben | Anna-Ben", "nodes named by their label, not by their id"},
		{"dot", `graph { a -- b; a [label="\\N 1"]; b [label="Ben"] }`, "a b | a-b", `node attributes not used: "label"`},
		{"dot", `graph { "a \"b" [class=x, age="1.5", color=red, label="L"]; c [class=y, age=2] }`, `a "b c |  | classes x y | features [1.5] [2] of age`, `node attributes not used: "color", "label"`},
	}
}
