package graphfile

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func mustList(t *testing.T, text string) *Graph {
	g, err := ReadEdgeList(strings.NewReader(text), "edges.txt")
	require.NoError(t, err)
	requireSound(t, g)
	return g
}

func gzipped(t testing.TB, text string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.Bytes()
}

func TestReadEdgeListSeparators(t *testing.T) {
	want := &Graph{Nodes: 3, RowPtr: []int32{0, 1, 3, 4}, Col: []int32{1, 0, 2, 1}, Format: "edge list"}
	for name, text := range map[string]string{
		"spaces":        "0 1\n1 2\n",
		"tabs":          "0\t1\n1\t2",
		"blanks":        "  0   1 \n\t1 \t 2\t\n",
		"commas":        "0,1\n1, 2\n",
		"semicolons":    "0;1\n1;2\n",
		"pipes":         "0|1\n1 | 2\n",
		"windows":       "0 1\r\n1 2\r\n",
		"old mac":       "0 1\r1 2\r",
		"mixed ends":    "0 1\r1 2\r\n",
		"byte order":    "\ufeff0 1\n1 2\n",
		"UTF-16":        "\xff\xfe0\x00\t\x001\x00\n\x001\x00\t\x002\x00\n\x00",
		"comments":      "# a\n% b\n\n0 1\n  # c d e f\n\n1 2\n",
		"ones":          "0 1 1\n1 2 1.0\n",
		"unordered":     "2 1\n1 0\n",
		"quoted":        "\"0\",\"1\"\n\"1\",\"2\"\n",
		"trailing":      "0,1,\n1,2,\n",
		"empty fields":  "0,1\n,\n1,2\n",
		"gzip":          string(gzipped(t, "0 1\n1 2\n")),
		"gzip in parts": string(gzipped(t, "0 1\n")) + string(gzipped(t, "1 2\n")),
	} {
		g, err := ReadEdgeList(strings.NewReader(text), "edges.txt")
		require.NoError(t, err, name)
		require.NotEmpty(t, g.Changes, name)
		assert.Contains(t, g.Changes[0], "fields between ")
		g.Changes = nil
		assert.Equal(t, want, g, name)
	}
}

// Spreadsheets and R put names in quotes, which are no part of them.
func TestReadEdgeListQuotes(t *testing.T) {
	for name, text := range map[string]string{
		"commas": "\"source\",\"target\",\"weight\"\n\"a, b\",\"say \"\"c\"\"\",2\n\"say \"\"c\"\"\", \"d\",\"3\"\n",
		"blanks": "\"source\" \"target\" \"weight\"\n\"a, b\"  \"say \"\"c\"\"\" 2\n\"say \"\"c\"\"\" d 3\n",
		"tabs":   "\"a, b\"\t\"say \"\"c\"\"\"\t2\nsay \"c\"\td\t3\n",
	} {
		g, err := ReadEdgeList(strings.NewReader(text), "edges.txt")
		require.NoError(t, err, name)
		assert.Equal(t, []string{"a, b", `say "c"`, "d"}, g.Names, name)
		assert.Equal(t, []float32{2, 2, 3, 3}, g.Weights, name)
	}
	_, err := ReadEdgeList(strings.NewReader("\"a,b\n"), "edges.txt")
	assert.EqualError(t, err, `edges.txt:1: a quote without its end on the line, want two quotes around a field`)
}

// A node is an id that occurs. Numbers come in their order, names as they
// appear.
func TestReadEdgeListNodes(t *testing.T) {
	g := mustList(t, "0 4\n4 6\n")
	assert.Equal(t, []string{"0", "4", "6"}, g.Names)
	assert.Equal(t, []int32{0, 1, 3, 4}, g.RowPtr)
	assert.Equal(t, "nodes are the 3 ids that occur, from 0 to 6; 4 numbers between are no nodes (--nodes 7 makes every number from 0 to 6 one)", g.Changes[1])

	g = mustList(t, "1 2\n3 2\n")
	assert.Equal(t, []string{"1", "2", "3"}, g.Names)
	assert.Equal(t, "nodes numbered from 1", g.Changes[1])

	g = mustList(t, "0 500\n500 20\n")
	assert.Equal(t, []string{"0", "20", "500"}, g.Names)
	g = mustList(t, "4294967294 4294967295\n12345678901234567 3\n4294967295 3\n")
	assert.Equal(t, []string{"3", "4294967294", "4294967295", "12345678901234567"}, g.Names)

	g = mustList(t, "Anna Ben\n7 Anna\n7 07\n-1 Ben\n")
	assert.Equal(t, []string{"Anna", "Ben", "7", "07", "-1"}, g.Names)
	assert.Contains(t, g.Changes, `"07" and "7" are different nodes (1 pair of ids that differ in leading zeros)`)
	g = mustList(t, "3 5\n5 x\n")
	assert.Equal(t, []string{"3", "5", "x"}, g.Names)
	g = mustList(t, "001 002\n002 010\n")
	assert.Equal(t, []string{"001", "002", "010"}, g.Names)
	assert.Contains(t, g.Changes, `ids with leading zeros are names as they stand, such as "001"`)
	g = mustList(t, "1,2.0\n2,3.0\n")
	assert.Equal(t, []string{"1", "2", "3"}, g.Names)
	assert.Contains(t, g.Changes, "2 node ids such as 2.0 read as whole numbers")
	g = mustList(t, "0.0,1.0\n1.0,2.0\n")
	assert.Equal(t, 3, g.Nodes)
	assert.Nil(t, g.Names)
	g = mustList(t, "1.0 1.1\n1 1.1\n")
	assert.Equal(t, []string{"1.0", "1.1", "1"}, g.Names, "versions, not numbers")
	g = mustList(t, "NA NB\nNB NC\n")
	assert.Contains(t, g.Changes, `"NA" is taken for the name of a node`)
}

func TestReadEdgeListHeader(t *testing.T) {
	for text, want := range map[string]string{
		"source,target\nAnna,Ben\n":                `header on line 1, edges from column "source" to "target", no weights`,
		"Source,Target,Weight\na,b,2\n":            `header on line 1, edges from column "Source" to "Target", weights from "Weight"`,
		"src dst\na b\n":                           `header on line 1, edges from column "src" to "dst", no weights`,
		"id_1,id_2\n0,1\n":                         `header on line 1, edges from column "id_1" to "id_2", no weights`,
		"# c\nperson friend value\na b 1.5":        `header on line 2, edges from column "person" to "friend", weights from "value"`,
		"node1\tnode2\nx\ty\n":                     `header on line 1, edges from column "node1" to "node2", no weights`,
		"person,friend,unused\n0,1\n1,2\n":         `header on line 1, edges from column "person" to "friend", no weights; not used: "unused"`,
		"# SRC DST UNIXTS\n1 2 1082008561\n":       `no header, edges from column "SRC" to "DST", no weights; not used: "UNIXTS"`,
		"\"\",\"x\",\"y\"\n\"1\",7,8\n\"2\",8,9\n": `header on line 1, edges from column "x" to "y", no weights; not used: 1`,
	} {
		g := mustList(t, text)
		_, how, _ := strings.Cut(g.Changes[0], ", ")
		assert.Equal(t, want, how, text)
		assert.NotContains(t, g.Names, "source")
	}
	g := mustList(t, "Anna Ben\nBen Cleo\n")
	assert.Equal(t, 3, g.Nodes, "two names are an edge")
	g = mustList(t, "Anna Ben\n")
	assert.Equal(t, 2, g.Nodes)
	g = mustList(t, "a b\nb c\nc a\n")
	assert.Equal(t, 3, g.Edges(), "a and b occur below: no header")
	g = mustList(t, "node1 node2\nnode2 node3\n")
	assert.Equal(t, 2, g.Edges(), "node1 is like node3: no header")
}

func TestReadEdgeListChanges(t *testing.T) {
	g := mustList(t, "0 1\n1 0\n0 1\n2 2\n1 2\n2 1\n2 1\n")
	assert.Equal(t, 2, g.Edges())
	assert.Nil(t, g.Weights)
	assert.Equal(t, []string{
		"1 self loop dropped", "2 duplicate lines collapsed", "2 edges given in both directions counted once",
	}, g.Changes[1:])

	g = mustList(t, "0 1 2\n0 1 3\n1 0 4\n0 2 0\n2 3 6\n3 2 6\n3 3 1\n0 3 7\n")
	assert.Equal(t, []int32{0, 2, 3, 4, 6}, g.RowPtr)
	assert.Equal(t, []int32{1, 3, 0, 3, 0, 2}, g.Col)
	assert.Equal(t, []float32{4.5, 7, 4.5, 6, 7, 6}, g.Weights)
	assert.Equal(t, []string{
		"1 self loop dropped", "1 line of weight 0 dropped", "1 duplicate line added to its edge's weight",
		"1 edge with different weights in its two directions averaged", "1 edge given in both directions counted once",
	}, g.Changes[1:])
}

func TestReadEdgeListOnlyDroppedEdgesKeepsNodes(t *testing.T) {
	g := mustList(t, "0 0\n1 1\n")
	assert.Equal(t, 2, g.Nodes)
	assert.Zero(t, g.Edges())
	assert.Equal(t, []string{"2 self loops dropped"}, g.Changes[1:])
}

func TestReadEdgeListErrors(t *testing.T) {
	long := strings.Repeat("x", 200)
	none := "edges.txt: no edges in the file, want one a line: node node [weight]"
	for text, want := range map[string]string{
		"0 1\n1 2\na b c d\n":                    `edges.txt:3: "a b c d" has 4 fields between blanks, want 2 as before (--delimiter and --columns change that)`,
		"0 1\n\n7\n":                             `edges.txt:3: "7" has 1 field between blanks, want 2 as before (--delimiter and --columns change that)`,
		"0 1\n" + long + "\n":                    `edges.txt:2: "` + long[:57] + `..." has 1 field between blanks, want 2 as before (--delimiter and --columns change that)`,
		"0 1\n1 2 3\n":                           `edges.txt:2: "1 2 3" has 3 fields between blanks, want 2 as before (--delimiter and --columns change that)`,
		"0 1 2\n1 2\n":                           `edges.txt:2: "1 2" has 2 fields between blanks, want 3 as before (--delimiter and --columns change that)`,
		"0 1 2\n1 2 x\n":                         `edges.txt:2: weight "x" is not a number; --columns 1,2 leaves weights out`,
		"0 1 x\n":                                `edges.txt:1: weight "x" is not a number; --columns 1,2 leaves weights out`,
		"0 1 NaN\n":                              `edges.txt:1: weight NaN, want a finite number of at least 0`,
		"0 1 -0.5\n":                             `edges.txt:1: weight -0.5, want a finite number of at least 0`,
		"0 1 inf\n":                              `edges.txt:1: weight inf, want a finite number of at least 0`,
		"0 1 1e39\n":                             `edges.txt:1: weight 1e39, want a finite number of at least 0`,
		"0 1 1e999\n":                            `edges.txt:1: weight 1e999, want a finite number of at least 0`,
		"0,1\n2,\n":                              `edges.txt:2: "2," has an empty field, want two nodes`,
		"0,1\n2 3\n":                             `edges.txt:2: "2 3" has 1 field between commas, want 2 as before (--delimiter and --columns change that)`,
		"0 1\n\x00\x01 2\n":                      `edges.txt:2: not text, want an edge list`,
		"0 1\n" + strings.Repeat("7", maxLine+1): "edges.txt:2: a line of more than 1048576 bytes, want an edge list",
		"":                                       none,
		"# only words\n\n":                       none,
		"source,target\n":                        none,
		"0 1 3e38\n0 1 3e38\n":                   "edges.txt: the weights of an edge of node 0 sum to more than float32 holds",
	} {
		_, err := ReadEdgeList(strings.NewReader(text), "edges.txt")
		assert.EqualError(t, err, want)
	}
}

func TestReadEdgeListGzipCutOff(t *testing.T) {
	b := gzipped(t, strings.Repeat("0 1\n", 50_000))
	_, err := ReadEdgeList(bytes.NewReader(b[:len(b)-9]), "e.gz")
	require.Error(t, err)
	assert.Regexp(t, `^e.gz:\d+: cannot be read, the file may be cut off: unexpected EOF$`, err.Error())
	_, err = ReadEdgeList(bytes.NewReader(b[:5]), "e.gz")
	assert.EqualError(t, err, "e.gz: cannot be unpacked (gzip): unexpected EOF")
}

// TestListedNodes reads lists that give the order of their nodes.
func TestListedNodes(t *testing.T) {
	g := mustList(t, "#node=c\n# node=d\n#node=\"a, b\"\nsource,target\n\"a, b\",c\nc,e\n")
	assert.Equal(t, []string{"c", "a, b", "e"}, g.Names)
	assert.Contains(t, g.Changes, "2 nodes in the order of the lines #node=…")
	assert.Contains(t, g.Changes, "1 comment line left out, the first on line 2")
	g = mustList(t, "#node=7\n#node=3\n3 7 2\n3 5 4\n")
	assert.Equal(t, []string{"7", "3", "5"}, g.Names)
	assert.Equal(t, []float32{2, 2, 4, 4}, g.Weights)
	_, err := ReadEdgeList(strings.NewReader("#node=\n3 7\n"), "e")
	assert.EqualError(t, err, "e:1: #node= without a name, want #node=NAME")
	_, err = ReadEdgeListWith(strings.NewReader("3 7\n"), "e", Options{Nodes: 1e9})
	assert.EqualError(t, err, "e: --nodes = 1000000000, want at most 1000000: 64 for each of the 1 entries in the file")
	g, err = ReadEdgeListWith(strings.NewReader("#node=1\n0 1\n"), "e", Options{Nodes: 2})
	require.NoError(t, err)
	assert.Nil(t, g.Names)

	var many strings.Builder // more than a block
	for i := range 500_000 {
		fmt.Fprintf(&many, "#node=%d\n", 500_000-i)
	}
	g, err = ReadEdgeList(strings.NewReader(many.String()+"1,2,5\n"), "e")
	require.NoError(t, err)
	assert.Equal(t, []string{"500000", "1"}, []string{g.Names[0], g.Names[g.Nodes-1]})
	assert.Equal(t, []float32{5, 5}, g.Weights)
}

// TestOrderOfNodes writes lists whose edges do, and do not, give the order.
func TestOrderOfNodes(t *testing.T) {
	for text, want := range map[string]string{
		"b a\nc a\n":        "source,target\nb,a\na,c\n",
		"b x\na x\n#\n":     "source,target\nb,x\nx,a\n",
		"#node=b\na x\nb x": "#node=b\n#node=a\n#node=x\nsource,target\na,x\nb,x\n",
	} {
		g := mustList(t, text)
		var out strings.Builder
		require.NoError(t, writeCSV(&out, g))
		assert.Equal(t, want, out.String())
		assert.Equal(t, g.Names, mustList(t, want).Names)
	}
}

// TestIsolatedNodesInLists writes nodes without edges in front, and reads them.
func TestIsolatedNodesInLists(t *testing.T) {
	for text, nodes := range map[string]int{
		"#node=a\n#node=b\n#node=lonely\na,b\n": 3, "#node=0\n#node=1\n#node=2\n0,2\n": 3, "#node=a\nb,b\n": 2, "#node=a\nsource,target\n": 1,
	} {
		g := mustList(t, text)
		require.Equal(t, nodes, g.Nodes, text)
		for _, format := range []string{"edges", "tsv", "jsonl"} {
			path := filepath.Join(t.TempDir(), "g")
			left, err := WriteFormat(path, g, format)
			require.NoError(t, err)
			assert.Equal(t, []string{"nodes listed before the edges: " + some(g.isolated(), "node") + " without an edge"}, left)
			back, err := ReadWith(path, Options{Format: format})
			require.NoError(t, err, format)
			assert.Equal(t, [2]int{nodes, g.Edges()}, [2]int{back.Nodes, back.Edges()}, format)
			assert.Equal(t, allNames(g), allNames(back), format)
		}
	}
}

// A first line is no count of nodes where an id is above it.
func TestFirstLineThatMayCount(t *testing.T) {
	for text, want := range map[string]bool{
		"1,2\n2,3\n3,1\n": false, "3 3\n1 2\n2 3\n3 1\n": true, "4 3\n1 2\n2 3\n3 4\n": true, "5 9\n1 2\n2 3\n": false, "3 3\n1 2\n2 3\n4 1\n": false,
	} {
		assert.Equal(t, want, strings.Contains(strings.Join(mustList(t, text).Changes, ";"), "looks like the numbers of nodes and edges"), text)
	}
	read := func(text string, nodes int) []string {
		g, err := ReadEdgeListWith(strings.NewReader(text), "e", Options{Nodes: nodes})
		require.NoError(t, err)
		return g.Changes
	}
	from1 := "node 0 has no edge and node 3 has: ids that count from 1 need no --nodes"
	assert.Contains(t, read("1 2\n2 3\n", 4), from1)
	assert.NotContains(t, read("0 2\n2 3\n", 4), from1)
	assert.NotContains(t, read("1 2\n", 4), from1)
}

// TestHeaderWordsAsNodes reads lists whose header's words are names of nodes too.
func TestHeaderWordsAsNodes(t *testing.T) {
	for text, names := range map[string][]string{
		"source,target,weight\nsource,sink,2\nsink,target,1\n":    {"source", "sink", "target"},
		"source target weight\na source 2\n":                      {"a", "source"},
		"Source\tTarget\nsource\tx\n":                             {"source", "x"},
		"src;dst\nsrc;a\n":                                        {"src", "a"},
		"from to value\nfrom a 2\na to 1\n":                       {"from", "a", "to"},
		"parent,child,year\nparent,a,1990\na,child,1991\n":        {"parent", "a", "child"},
		"weight,a,b\n1,a,c\n2,c,b\n":                              {"a", "c", "b"},
		"id,source,target\n1,source,a\n2,a,b\n":                   {"source", "a", "b"},
		"type,source,target\nUndirected,source,a\nDirected,a,b\n": {"source", "a", "b"},
		"head tail\nx y\n":                                        {"x", "y"},
		"a b\nb c\n":                                              {"a", "b", "c"},
		"user_1 user_2\nuser_2 user_3\n":                          {"user_1", "user_2", "user_3"},
	} {
		assert.Equal(t, names, mustList(t, text).Names, text)
	}
	for _, text := range []string{"from to\nto x\n", "parent,child\nchild,toy\n", "left\tright\nright\twrong\n"} {
		_, err := ReadEdgeList(strings.NewReader(text), "e")
		require.Error(t, err, text)
		assert.Regexp(t, `^e:1: ".* .*" may name the columns or be an edge of nodes that other lines have too: want --header yes or no$`, err.Error())
		for header, nodes := range map[string]int{"yes": 2, "no": 3} {
			g, err := ReadEdgeListWith(strings.NewReader(text), "e", Options{Header: header})
			require.NoError(t, err)
			assert.Equal(t, nodes, g.Nodes, text)
		}
	}
}

// TestUndirectedLines adds up lines of one edge that name its ends in either
// order, where the file says that they have no direction.
func TestUndirectedLines(t *testing.T) {
	g := mustList(t, "Source,Target,Type,Weight\na,b,Undirected,2\nb,a,undirected,3\nb,c,Directed,2\nc,b,Directed,4\na,c,Undirected,1\nc,a,Directed,3\n")
	assert.Equal(t, []float32{5, 2, 5, 3, 2, 3}, g.Weights)
	assert.True(t, g.Directed)
	g = mustList(t, "% sym positive\n3 1 2\n1 3 5\n1 2 1\n")
	assert.Equal(t, []float32{1, 7, 1, 7}, g.Weights)
	assert.False(t, g.Directed)
	g = mustList(t, "% asym positive\n3 1 2\n1 3 6\n1 2 1\n")
	assert.Equal(t, []float32{1, 4, 1, 4}, g.Weights)
	g = mustList(t, "source,target,type,weight\na,b,friend,2\nb,a,foe,3\n")
	assert.Equal(t, []float32{2.5, 2.5}, g.Weights)
	assert.Contains(t, g.Changes[0], `not used: "type"`)
}
