package graphfile

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Features with decimal commas are read where they were announced, and are no
// words where they were not.
func TestFeaturesWithDecimalCommas(t *testing.T) {
	table := "id;x;y\na;1,5;2\nb;2,5;3\nc;-1,1;3\n"
	for name, text := range map[string]string{
		"semicolons": table,
		"quotes":     "id,x,y\na,\"1,5\",2\nb,\"2,5\",3\nc,\"-1,1\",3\n",
		"no name":    "who\tx\ty\na\t1,5\t2,0\nb\t2,5\t3,0\nc\t-1,1\t3,0\n",
	} {
		g := mustList(t, "a b\nb c\n")
		path := besideFile(t, "f.csv", []byte(text))
		require.NoError(t, ReadFeaturesWith(path, g, Options{Decimal: "comma"}), name)
		assert.Equal(t, []float32{1.5, 2, 2.5, 3, -1.1, 3}, g.Features.Dense, name)
		assert.Equal(t, []string{"x", "y"}, g.FeatureNames, name)
		assert.ErrorContains(t, ReadFeatures(path, g), `column "x" of id "a": "1,5" has a comma, want a number such as 0.5, or --decimal comma where the comma is a decimal one`)
	}
	read := func(text, decimal string) error {
		return ReadFeaturesWith(besideFile(t, "f.csv", []byte(text)), mustList(t, "a b\nb c\n"), Options{Decimal: decimal})
	}
	assert.ErrorContains(t, read("id;x\na;1\nb;1,5\n", ""), `:3: column "x" of id "b": "1,5" has a comma`)
	assert.ErrorContains(t, read("id;x\na;1,5\nb;1.5\n", "comma"), `:3: column "x" of id "b": "1.5" has a point, want a decimal comma (--decimal comma)`)
	assert.ErrorContains(t, read("id;x\na;1,234,5\nb;1\n", "comma"), `:2: column "x" of id "a": "1,234,5", want a number`)

	g := mustList(t, "a b\nb c\n")
	require.NoError(t, ReadFeaturesWith(besideFile(t, "f.csv", []byte(table)), g, Options{Decimal: "point"}))
	assert.Contains(t, g.Changes, `features: columns of words not used: "x"`, "asked for a point")

	dir := t.TempDir()
	list := filepath.Join(dir, "g.csv")
	require.NoError(t, os.WriteFile(list, []byte("a b\nb c\n"), 0o600))
	d, err := ReadToDisk(list, dir, Options{})
	require.NoError(t, err)
	defer func() { assert.NoError(t, d.Close()) }()
	require.NoError(t, d.ReadFeaturesWith(besideFile(t, "f.csv", []byte(table)), Options{Decimal: ","}))
	assert.Equal(t, []float32{1.5, 2, 2.5, 3, -1.1, 3}, d.Graph.Features.Dense)
}

// The first column of numbers is no column of ids where none is called so.
func TestTablesWithoutIDs(t *testing.T) {
	want := `none of the columns "x", "y" is called id, node or name, want a column of the nodes' ids; "x" holds numbers and may be a value`
	list := "0 1\n1 2\n2 3\n3 4\n"
	_, err := withFeatures(t, list, "f.csv", "x,y\n4,1.5\n3,2\n2,1\n1,7\n0,3\n")
	assert.ErrorContains(t, err, want)
	_, err = withLabels(t, list, "l.csv", "x,y,class\n4,1,a\n3,2,a\n2,1,b\n1,7,b\n0,3,b\n")
	assert.ErrorContains(t, err, `none of the columns "x", "y", "class" is called id`)
	for _, text := range []string{
		"person_id,y\n4,1\n3,2\n2,1\n1,7\n0,3\n", ",y\n4,1\n3,2\n2,1\n1,7\n0,3\n", "y\n4,1\n3,2\n2,1\n1,7\n0,3\n",
		"4,1\n3,2\n2,1\n1,7\n0,3\n", "y,Node\n1,4\n2,3\n1,2\n7,1\n3,0\n",
	} {
		g, err := withFeatures(t, list, "f.csv", text)
		require.NoError(t, err, text)
		assert.Equal(t, []float32{3, 7, 1, 2, 1}, g.Features.Dense, text)
	}
	g, err := withFeatures(t, "a b\nb c\n", "f.csv", "who,y\na,1\nb,2\nc,3\n")
	require.NoError(t, err, "words are no feature")
	assert.Equal(t, []float32{1, 2, 3}, g.Features.Dense)
}

// A lone column of classes may have a header, which is one line more than nodes.
func TestLabelsOfOneColumn(t *testing.T) {
	list := "0 1\n1 2\n2 3\n"
	for text, says := range map[string]string{
		"class\nx\nx\ny\ny\n": `labels: 4 rows, one a node in the order of their numbers, header "class"`,
		"Label\n0\n0\n1\n1\n": `labels: 4 rows, one a node in the order of their numbers, header "Label"`,
		"kind\n0\n0\n1\n1\n":  `labels: 4 rows, one a node in the order of their numbers, header "kind"`,
		"0\n0\n1\n1\n":        "labels: 4 rows, one a node in the order of their numbers",
	} {
		g, err := withLabels(t, list, "l.csv", text)
		require.NoError(t, err, text)
		assert.Equal(t, []int{0, 0, 1, 1}, g.Labels, text)
		assert.Equal(t, []string{says}, g.Changes)
	}
	g, err := withLabels(t, list, "l.csv", "class\nx\nx\ny\n")
	require.NoError(t, err)
	assert.Equal(t, []string{`labels: 4 rows, one a node in the order of their numbers, the first line, "class", is a class like others`}, g.Changes)
	for _, text := range []string{"x\nx\nx\ny\ny\n", "1\n0\n0\n1\n1\n", "class\nx\nx\ny\ny\ny\n"} {
		_, err := withLabels(t, list, "l.csv", text)
		assert.ErrorContains(t, err, "rows without ids, want 4", text)
	}
}
