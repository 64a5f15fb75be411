package graphfile

import (
	"bytes"
	"fmt"
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
	want := &Graph{Nodes: 3, RowPtr: []int32{0, 1, 3, 4}, Col: []int32{1, 0, 2, 1}}
	for name, text := range map[string]string{
		"spaces":        "0 1\n1 2\n",
		"tabs":          "0\t1\n1\t2",
		"blanks":        "  0   1 \n\t1 \t 2\t\n",
		"commas":        "0,1\n1, 2\n",
		"windows":       "0 1\r\n1 2\r\n",
		"byte order":    "\ufeff0 1\n1 2\n",
		"comments":      "# a\n% b\n\n0 1\n  # c d e f\n\n1 2\n",
		"ones":          "0 1 1\n1 2 1.0\n",
		"unordered":     "2 1\n1 0\n",
		"gzip":          string(gzipped(t, "0 1\n1 2\n")),
		"gzip in parts": string(gzipped(t, "0 1\n")) + string(gzipped(t, "1 2\n")),
	} {
		g, err := ReadEdgeList(strings.NewReader(text), "edges.txt")
		require.NoError(t, err, name)
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
	assert.EqualError(t, err, `edges.txt:1: "\"a,b" has 1 field, want 2 or 3`)
}

func TestReadEdgeListNodes(t *testing.T) {
	g := mustList(t, "0 4\n4 6\n")
	assert.Equal(t, 7, g.Nodes, "isolated nodes keep their index")
	assert.Equal(t, []int32{0, 1, 1, 1, 1, 3, 3, 4}, g.RowPtr)
	assert.Nil(t, g.Names)

	g = mustList(t, "1 2\n4 2\n")
	assert.Equal(t, []string{"1", "2", "3", "4"}, g.Names)
	assert.Equal(t, []int32{0, 1, 3, 3, 4}, g.RowPtr)
	assert.Equal(t, []string{"nodes numbered from 1"}, g.Changes)

	g = mustList(t, "0 500\n500 20\n")
	assert.Equal(t, []string{"0", "500", "20"}, g.Names)
	assert.Equal(t, []string{"3 node numbers of up to 500 taken as names"}, g.Changes)

	g = mustList(t, "0 29\n29 3\n")
	assert.Equal(t, 30, g.Nodes, "29 < 10·3: indices")

	g = mustList(t, "Anna Ben\n7 Anna\n7 07\n-1 Ben\n")
	assert.Equal(t, []string{"Anna", "Ben", "7", "07", "-1"}, g.Names)
	g = mustList(t, "3 5\n5 x\n")
	assert.Equal(t, []string{"3", "5", "x"}, g.Names)
}

func TestReadEdgeListHeader(t *testing.T) {
	for text, header := range map[string]string{
		"source,target\nAnna,Ben\n":        "source target",
		"Source,Target,Weight\na,b,2\n":    "Source Target Weight",
		"src dst\na b\n":                   "src dst",
		"id_1,id_2\n0,1\n":                 "id_1 id_2",
		"# c\nperson friend how\na b 1.5":  "person friend how",
		"node1\tnode2\nx\ty\n":             "node1 node2",
		"person,friend,unused\n0,1\n1,2\n": "person friend unused",
	} {
		g := mustList(t, text)
		assert.Equal(t, []string{fmt.Sprintf("header line %q left out", header)}, g.Changes, text)
		assert.NotContains(t, g.Names, strings.Fields(header)[0])
	}
	g := mustList(t, "Anna Ben\nBen Cleo\n")
	assert.Equal(t, 3, g.Nodes, "two names are an edge")
	g = mustList(t, "Anna Ben\n")
	assert.Equal(t, 2, g.Nodes)
}

func TestReadEdgeListChanges(t *testing.T) {
	g := mustList(t, "0 1\n1 0\n0 1\n2 2\n1 2\n2 1\n2 1\n")
	assert.Equal(t, 2, g.Edges())
	assert.Nil(t, g.Weights)
	assert.Equal(t, []string{
		"1 self loop dropped", "2 duplicate lines collapsed", "2 edges given in both directions counted once",
	}, g.Changes)

	g = mustList(t, "0 1 2\n0 1 3\n1 0 4\n0 2 0\n2 3 6\n3 2 6\n3 3 1\n0 3 7\n")
	assert.Equal(t, []int32{0, 2, 3, 4, 6}, g.RowPtr)
	assert.Equal(t, []int32{1, 3, 0, 3, 0, 2}, g.Col)
	assert.Equal(t, []float32{4.5, 7, 4.5, 6, 7, 6}, g.Weights)
	assert.Equal(t, []string{
		"1 self loop dropped", "1 line of weight 0 dropped", "1 duplicate line added to its edge's weight",
		"1 edge with different weights in its two directions averaged", "1 edge given in both directions counted once",
	}, g.Changes)
}

func TestReadEdgeListOnlyDroppedEdgesKeepsNodes(t *testing.T) {
	g := mustList(t, "0 0\n1 1\n")
	assert.Equal(t, 2, g.Nodes)
	assert.Zero(t, g.Edges())
	assert.Equal(t, []string{"2 self loops dropped"}, g.Changes)
}

func TestReadEdgeListErrors(t *testing.T) {
	long := strings.Repeat("x", 200)
	none := "edges.txt: no edges in the file, want one a line: node node [weight]"
	for text, want := range map[string]string{
		"0 1\n1 2\na b c d\n":                    `edges.txt:3: "a b c d" has 4 fields, want 2 or 3`,
		"0 1\n\n7\n":                             `edges.txt:3: "7" has 1 field, want 2 or 3`,
		"0 1\n" + long + "\n":                    `edges.txt:2: "` + long[:57] + `..." has 1 field, want 2 or 3`,
		"0 1\n1 2 3\n":                           `edges.txt:2: "1 2 3" has 3 fields, want 2 as before: all edges have a weight or none`,
		"0 1 2\n1 2\n":                           `edges.txt:2: "1 2" has 2 fields, want 3 as before: all edges have a weight or none`,
		"0 1 2\n1 2 x\n":                         `edges.txt:2: weight "x" is not a number`,
		"0 1 x\n":                                `edges.txt:1: weight "x" is not a number`,
		"0 1 NaN\n":                              `edges.txt:1: weight NaN, want a finite number of at least 0`,
		"0 1 -0.5\n":                             `edges.txt:1: weight -0.5, want a finite number of at least 0`,
		"0 1 inf\n":                              `edges.txt:1: weight inf, want a finite number of at least 0`,
		"0 1 1e39\n":                             `edges.txt:1: weight 1e39, want a finite number of at least 0`,
		"0 1 1e999\n":                            `edges.txt:1: weight 1e999, want a finite number of at least 0`,
		"0,1\n2,\n":                              `edges.txt:2: "2," has an empty field, want two nodes`,
		"0,1\n2 3\n":                             `edges.txt:2: "2 3" has 1 field, want 2 or 3`,
		"0 1\n\x00\x01 2\n":                      `edges.txt:2: not text, want an edge list`,
		"0 1\n" + strings.Repeat("7", maxLine+1): "edges.txt:2: a line of more than 1048576 bytes, want an edge list",
		"":                                       none,
		"# only words\n\n":                       none,
		"source,target\n":                        none,
		"0 1 3e38\n0 1 3e38\n":                   "edges.txt: the weights from node 0 to node 1 sum to more than float32 holds",
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
	assert.EqualError(t, err, "e.gz: cannot be unpacked: unexpected EOF")
}
