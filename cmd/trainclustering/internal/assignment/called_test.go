package assignment

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// TestXMLNodesHaveTheNamesOfTheGraph reads files whose nodes have several names:
// the graph's reader takes its ids where two nodes have one label, and in
// GraphML a name before a label.
func TestXMLNodesHaveTheNamesOfTheGraph(t *testing.T) {
	const gexf = `<gexf><graph><attributes class="node"><attribute id="m" title="Modularity Class"/></attributes><nodes>` +
		`<node id="p" label="x"><attvalues><attvalue for="m" value="4"/></attvalues></node>` +
		`<node id="q" label="x"><attvalues><attvalue for="m" value="5"/></attvalues></node></nodes></graph></gexf>`
	const graphml = `<graphml><key id="a" for="node" attr.name="name"/><key id="b" for="node" attr.name="label"/><key id="m" for="node" attr.name="cluster"/><graph>` +
		`<node id="p"><data key="a">A</data><data key="b">AA</data><data key="m">4</data></node>` +
		`<node id="q"><data key="a"></data><data key="b">BB</data><data key="m">5</data></node></graph></graphml>`
	for _, c := range []struct {
		text  string
		names []string
	}{
		{gexf, []string{"p", "q"}},
		{strings.Replace(gexf, `label="x"`, `label=""`, 1), []string{"", "x"}},
		{strings.ReplaceAll(gexf, `label="x"`, ``), []string{"p", "q"}},
		{strings.Replace(gexf, `label="x"`, ``, 1), []string{"p", "x"}},
		{graphml, []string{"A", ""}},
		{graphml, []string{"AA", "BB"}},
		{graphml, []string{"p", "q"}},
	} {
		f, err := ReadFrom(strings.NewReader(c.text), "x.xml")
		require.NoError(t, err)
		m, err := f.Match(2, c.names)
		require.NoError(t, err, "%s %q", c.text, c.names)
		assert.Equal(t, []int{4, 5}, m.Cluster, "%s %q", c.text, c.names)
	}
	f, err := ReadFrom(strings.NewReader(graphml), "x.xml")
	require.NoError(t, err)
	_, err = f.Match(2, []string{"A", "other"})
	assert.EqualError(t, err, `x.xml:1: 1 of its 2 nodes are not in the graph of 2 nodes, such as "BB"`)
}

// TestNamesOfItsOwnForEachRow reads labels that two nodes have, and that are ids
// of others: the nodes are named by their ids.
func TestNamesOfItsOwnForEachRow(t *testing.T) {
	const gexf = `<gexf><graph><attributes class="node"><attribute id="m" title="cluster"/></attributes><nodes>` +
		`<node id="0" label="1"><attvalues><attvalue for="m" value="4"/></attvalues></node>` +
		`<node id="1" label="1"><attvalues><attvalue for="m" value="5"/></attvalues></node>` +
		`<node id="2" label="2"><attvalues><attvalue for="m" value="6"/></attvalues></node></nodes></graph></gexf>`
	for text, names := range map[string][]string{
		gexf: {"0", "1", "2"},
		strings.ReplaceAll(gexf, `label="1"`, `label=""`):                                         {"0", "1", "2"},
		strings.Replace(gexf, `label="1"`, `label="a"`, 1):                                        {"a", "1", "2"},
		strings.ReplaceAll(strings.ReplaceAll(gexf, `label="1"`, ``), `label="2"`, `label="two"`): {"0", "1", "two"},
	} {
		f, err := ReadFrom(strings.NewReader(text), "x.gexf")
		require.NoError(t, err)
		assert.Equal(t, names, f.Names())
		m, err := f.Match(3, names)
		require.NoError(t, err)
		assert.Equal(t, []int{4, 5, 6}, m.Cluster)
	}
}

// TestNamelessAreLeftOut counts nodes without a name among those that the graph
// does not have, in whatever row they are.
func TestNamelessAreLeftOut(t *testing.T) {
	for _, text := range []string{"node,cluster\n,4\nb,5\nc,6\n", "node,cluster\nb,5\n,4\nc,6\n"} {
		f, err := ReadFrom(strings.NewReader(text), "x.csv")
		require.NoError(t, err)
		m, err := f.MatchSome(2, []string{"c", "b"})
		require.NoError(t, err)
		assert.Equal(t, []int{6, 5}, m.Cluster)
		assert.Contains(t, m.Said, `1 of its 3 nodes are not in the graph of 2 nodes, such as ""; they are left out`)
		_, err = f.Match(2, []string{"c", "b"})
		assert.ErrorContains(t, err, "no node, want its name or number")
	}
}

// TestEmptyNames finds a node without a name where the graph has one, also as
// the first of a file: such a file is no list of clusters.
func TestEmptyNames(t *testing.T) {
	for name, text := range map[string]string{
		"x.csv":     "node,cluster\n,4\nb,5\n",
		"x.tsv":     "node\tcluster\n\t4\nb\t5\n",
		"x.tree":    "4:1 0.5 \"\" 1\n5:1 0.5 \"b\" 2\n",
		"rows.json": `[{"node": "", "cluster": 4}, {"node": "b", "cluster": 5}]`,
		"map.json":  `{"": 4, "b": 5}`,
	} {
		f, err := ReadFrom(strings.NewReader(text), name)
		require.NoError(t, err, name)
		assert.False(t, f.Listed(), name)
		m, err := f.Match(2, []string{"b", ""})
		require.NoError(t, err, name)
		assert.Equal(t, []int{5, 4}, m.Cluster, name)
		_, err = f.Match(2, []string{"b", "c"})
		assert.ErrorContains(t, err, "no node, want its name or number", name)
	}
}

func TestTreeSaysWhichModulesItTakes(t *testing.T) {
	f, err := ReadFrom(strings.NewReader("1:1:1:1 0.2 \"a\" 1\n1:2:1:1 0.2 \"b\" 2\n"), "x.tree")
	require.NoError(t, err)
	for _, c := range []struct {
		level int
		want  string
	}{{1, "the top modules"}, {2, "the modules of level 2"}, {3, "the lowest modules"}, {-1, "the lowest modules"}} {
		require.NoError(t, f.AtLevel(c.level))
		assert.Equal(t, []string{"Infomap's .tree of 3 levels, clusters are " + c.want + ", nodes by name"}, f.Said)
	}
	f, err = ReadFrom(strings.NewReader("1:1 0.2 \"a\" 1\n"), "x.tree")
	require.NoError(t, err)
	assert.Equal(t, []string{"Infomap's .tree of 1 level, nodes by name"}, f.Said)
}

func TestXMLOfOtherEncodings(t *testing.T) {
	const graph = `<graphml><key id="m" for="node" attr.name="cluster"/><graph><node id="ü"><data key="m">4</data></node></graph></graphml>`
	latin, err := charmap.ISO8859_1.NewEncoder().String(`<?xml version="1.0" encoding="ISO-8859-1"?>` + graph)
	require.NoError(t, err)
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(`<?xml version="1.0" encoding="utf-16"?>` + graph)
	require.NoError(t, err)
	for name, text := range map[string]string{"latin": latin, "wide": wide} {
		f, err := ReadFrom(strings.NewReader(text), "x.xml")
		require.NoError(t, err, name)
		m, err := f.Match(1, []string{"ü"})
		require.NoError(t, err, name)
		assert.Equal(t, []int{4}, m.Cluster, name)
	}
	_, err = ReadFrom(strings.NewReader(`<?xml version="1.0" encoding="nope"?>`+graph), "x.xml")
	assert.ErrorContains(t, err, `encoding "nope" is not known, want UTF-8`)
}
