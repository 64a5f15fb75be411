package graphfile

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A table whose first column repeats its header is an adjacency matrix.
func TestMatrixOfText(t *testing.T) {
	for name, text := range map[string]string{
		"pandas":     ",a,b,c,d\na,0,1,1,0\nb,1,0,1,0\nc,1,1,0,0\nd,0,0,0,0\n",
		"a name":     "node;a;b;c;d\na;0;1;1;\nb;1;0;1;\nc;1;1;0;\nd;;;;\n",
		"R":          "\"a\" \"b\" \"c\" \"d\"\n\"a\" 0 1 1 0\n\"b\" 1 0 1 0\n\"c\" 1 1 0 0\n\"d\" 0 0 0 0\n",
		"tabs, loop": "\ta\tb\tc\td\na\t2\t1.0\t1\t0\nb\t1\t0\t1\t0\nc\t1\t1\t0\t0\nd\t0\t0\t0\t0\n",
	} {
		g := mustList(t, text)
		assert.Equal(t, []string{"a", "b", "c", "d"}, g.Names, name)
		assert.Equal(t, []int32{0, 2, 4, 6, 6}, g.RowPtr, name)
		assert.Equal(t, []int32{1, 2, 0, 2, 0, 1}, g.Col, name)
		assert.Nil(t, g.Weights, name)
		assert.Contains(t, g.Changes[0], "header on line 1, an adjacency matrix: its first column repeats the header", name)
	}
	g := mustList(t, ",7,3,5\n7,0,2.5,0\n3,2.5,0,0\n5,0,4,0\n")
	assert.Equal(t, []string{"7", "3", "5"}, g.Names, "in the order of the header")
	assert.Equal(t, []float32{2.5, 2.5, 4, 4}, g.Weights)
	assert.Equal(t, []string{"1 directed entry made undirected"}, g.Changes[1:])
	g = mustList(t, ",0,1,2,3\n0,0,1,0,0\n1,1,0,0,0\n2,0,0,0,0\n3,0,0,0,0\n")
	assert.Nil(t, g.Names)
	assert.Equal(t, 4, g.Nodes)
	_, err := ReadEdgeList(strings.NewReader(",0,1,2\n0,5,6,1.5\n1,6,7,2.5\n2,5,7,1\n"), "e")
	assert.ErrorContains(t, err, "want --columns", "an edge list as pandas writes it")

	for text, want := range map[string]string{
		",a,b\na,0,1\nb,x,0\n":           "",
		",a,b\na,0,1\nb,-1,0\n":          "e:3: weight -1, want a finite number of at least 0",
		",a,b,c\na,0,1,0\nb,1,0,0\n":     "e: 2 rows of a matrix whose header names 3 nodes, want as many",
		"5,1,2\n1,3,1\n2,4,1\n":          "",
		",source,target\n1,a,b\n2,b,c\n": "",
	} {
		g, err := ReadEdgeList(strings.NewReader(text), "e")
		if want != "" {
			assert.EqualError(t, err, want)
		} else if err == nil {
			assert.NotContains(t, g.Changes[0], "matrix", text)
		}
	}
	g, err = ReadEdgeListWith(strings.NewReader(",a,b\na,0,1\nb,1,0\n"), "e", Options{Columns: []string{"a", "b"}})
	require.NoError(t, err)
	assert.NotContains(t, g.Changes[0], "matrix", "columns were asked for")
}

// A matrix of more lines than decide the layout, in more than one block.
func TestLargeMatrixOfText(t *testing.T) {
	const n = 1100
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, ",v%d", i)
	}
	for i := range n {
		fmt.Fprintf(&text, "\nv%d", i)
		for j := range n {
			fmt.Fprintf(&text, ",%d", map[bool]int{true: 3}[(i+1)%n == j || (j+1)%n == i])
		}
	}
	g := mustList(t, text.String())
	assert.Equal(t, [2]int{n, n}, [2]int{g.Nodes, g.Edges()})
	assert.Equal(t, "v1099", g.Names[n-1])
	assert.Len(t, g.Changes, 1)
	cut := text.String()
	_, err := ReadEdgeList(strings.NewReader(cut[:strings.LastIndex(cut, "\nv")]), "e")
	assert.EqualError(t, err, "e: 1099 rows of a matrix whose header names 1100 nodes, want as many")
	_, err = ReadEdgeList(strings.NewReader(strings.Replace(cut, "\nv1050,", "\nw,", 1)), "e")
	assert.ErrorContains(t, err, `row "w" of an adjacency matrix is not in its header`)
}

// The ends of an edge make a header, whatever a third column is called.
func TestHeaderWithNumbers(t *testing.T) {
	for text, says := range map[string]string{
		"from,to,2019\na,b,3\nb,c,4\n":   `header on line 1, edges from column "from" to "to", no weights; not used: "2019"`,
		"FromNodeId ToNodeId 1\n5 6 3\n": `header on line 1, edges from column "FromNodeId" to "ToNodeId", no weights; not used: "1"`,
		"source;target;NA\na;source;3\n": `header on line 1, edges from column "source" to "target", no weights; not used: "NA"`,
		"1,from,to\n0,a,b\n":             `header on line 1, edges from column "from" to "to", no weights; not used: "1"`,
		"a,b,3\nx,y,4\n":                 "no header, edges from column 1 to 2, weights from 3",
		"left,right,3\nright,wrong,4\n":  "no header, edges from column 1 to 2, weights from 3",
	} {
		assert.Contains(t, mustList(t, text).Changes[0], says, text)
	}
	_, err := ReadEdgeList(strings.NewReader("from,to,2\nto,x,3\n"), "e")
	assert.ErrorContains(t, err, "want --header yes or no")

	g, err := withFeatures(t, "a b\nb c\n", "f.csv", "id,0,1\na,1,2\nb,3,4\nc,5,6\n")
	require.NoError(t, err, "columns that are numbered")
	assert.Equal(t, []float32{1, 2, 3, 4, 5, 6}, g.Features.Dense)
	assert.Equal(t, []string{"0", "1"}, g.FeatureNames)
	assert.Equal(t, 3, g.Nodes)
	g, err = withFeatures(t, "a b\nb c\n", "f.csv", ",x,2019\na,1,2\nb,3,4\nc,5,6\n")
	require.NoError(t, err)
	assert.Equal(t, []string{"x", "2019"}, g.FeatureNames)
}
