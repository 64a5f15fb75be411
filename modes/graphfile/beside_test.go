package graphfile

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/zip"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// besideFile writes a file for a test.
func besideFile(t testing.TB, name string, content []byte) string {
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, content, 0o600))
	return path
}

func withFeatures(t *testing.T, edges, name, content string) (*Graph, error) {
	g := mustList(t, edges)
	g.Changes = nil
	err := ReadFeatures(besideFile(t, name, []byte(content)), g)
	if err == nil {
		requireSound(t, g)
	}
	return g, err
}

func TestReadFeaturesByID(t *testing.T) {
	for name, text := range map[string]string{
		"header":       "id,f1,f2\nb,3,4\na,1,2\nc,5,6\n",
		"no header":    "b,3,4\na,1,2\nc,5,6\n",
		"tabs":         "node\tf1\tf2\nc\t5\t6\nb\t3\t4\na\t1\t2\n",
		"id not first": "f1,id,f2\n1,a,2\n3,b,4\n5,c,6\n",
		"words too":    "id,city,f1,f2\na,Rome,1,2\nb,\"New York, NY\",3,4\nc,Oslo,5,6\n",
		"pandas":       ",f1,f2\na,1.0,2.0\nb,3.0,4.0\nc,5.0,6.0\n",
		"R":            "\"f1\",\"f2\"\n\"a\",1,2\n\"b\",3,4\n\"c\",5,6\n",
		"semicolons":   "id;f1;f2\na;1;2\nb;3;4\nc;5;6\n",
		"gzip":         string(gzipped(t, "id,f1,f2\na,1,2\nb,3,4\nc,5,6\n")),
	} {
		g, err := withFeatures(t, "a b\nb c\n", "f.csv", text)
		require.NoError(t, err, name)
		assert.Equal(t, [][]float32{{1, 2}, {3, 4}, {5, 6}}, g.Features.rowsOf(), name)
		if name != "no header" {
			assert.Equal(t, []string{"f1", "f2"}, g.FeatureNames, name)
		}
	}
	g, err := withFeatures(t, "5 7\n7 9\n", "f.csv", "id,x\n9.0,3\n5.0,1\n7.0,2\n")
	require.NoError(t, err)
	assert.Equal(t, [][]float32{{1}, {2}, {3}}, g.Features.rowsOf(), "pandas writes 9.0 for 9")
}

func TestReadFeaturesMismatches(t *testing.T) {
	g, err := withFeatures(t, "a b\nb c\nc d\n", "f.csv", "id,x,y\na,1,NA\nb,2,\nzoe,3,1\nc,4,5\n")
	require.NoError(t, err)
	assert.Equal(t, 5, g.Nodes, "zoe is a node without edges")
	assert.Equal(t, []string{"a", "b", "c", "d", "zoe"}, g.Names)
	assert.Equal(t, [][]float32{{1, 0}, {2, 0}, {4, 5}, {0, 0}, {3, 1}}, g.Features.rowsOf())
	assert.Equal(t, []string{
		`features: 2 columns for 4 rows, ids from column "id"`, `features: 1 node without a row have 0: "d"`,
		`features: 1 row of ids without an edge made nodes: "zoe"`, "features: 2 empty fields read as 0",
	}, g.Changes)

	for text, want := range map[string]string{
		"id,x\na,1\na,2\n":     `f.csv:3: id "a" comes twice, want one row a node`,
		"id,x\na,1\nb,one\n":   `f.csv:3: column "x" of id "b": "one", want a number`,
		"id,x\na,1\nb,1e39\n":  `f.csv:3: column "x" of id "b": "1e39", want a finite number that float32 holds`,
		"id,x\na,1\nb,Inf\n":   `f.csv:3: column "x" of id "b": "Inf", want a finite number that float32 holds`,
		"id,x\na,1\nb,2,3\n":   `f.csv:3: "b,2,3" has 3 fields, want 2 as before`,
		"id,x\n,1\nb,2\n":      `f.csv:2: no id in column "id", want one`,
		"id,x\n1,1\n2,1\n":     `f.csv: 0 of 3 nodes have a row, want more than half: ids of the file such as "1", of the graph such as "a"`,
		"id,x\na,red\nb,r\n":   `f.csv:2: no column of numbers beside "id", want features`,
		"a\nb\n":               `f.csv:1: "a" has 1 field, want the node's id and its features`,
		"":                     "f.csv: empty file",
		"\n\n":                 "f.csv: no rows, want a row a node: id,value,…",
		"id,x\na,1\nb\xff,2\n": `f.csv:3: "b?,2" is not UTF-8, want text in UTF-8`,
	} {
		g := mustList(t, "a b\nb c\n")
		path := besideFile(t, "f.csv", []byte(text))
		err := ReadFeatures(path, g)
		if assert.Error(t, err, text) {
			assert.Equal(t, filepath.Dir(path)+"/"+want, err.Error(), text)
		}
	}
	err = ReadFeatures(filepath.Join(t.TempDir(), "none.csv"), g)
	assert.ErrorContains(t, err, "none.csv: no such file or directory")
}

// Rows of a matrix are the nodes by their numbers; more rows make nodes.
func TestReadFeaturesOfMatrix(t *testing.T) {
	matrix := func(rows int) string {
		v := make([]float32, rows)
		for i := range v {
			v[i] = float32(i + 10)
		}
		return string(raw{"x", "<f4", []int{rows, 1}, v}.bytes(t))
	}
	g, err := withFeatures(t, "0 1\n1 4\n", "f.npy", matrix(6))
	require.NoError(t, err)
	assert.Equal(t, 6, g.Nodes)
	assert.Nil(t, g.Names)
	assert.Equal(t, []int32{0, 1, 3, 3, 3, 4, 4}, g.RowPtr)
	assert.Equal(t, []float32{10, 11, 12, 13, 14, 15}, g.Features.Dense)
	assert.Contains(t, g.Changes, "3 rows of numbers without an edge made nodes")

	g, err = withFeatures(t, "1 2\n2 3\n", "f.npy", matrix(3))
	require.NoError(t, err)
	assert.Equal(t, []string{"1", "2", "3"}, g.Names)
	assert.Equal(t, []float32{10, 11, 12}, g.Features.Dense)

	_, err = withFeatures(t, "0 7\n", "f.npy", matrix(3))
	assert.ErrorContains(t, err, "has 3 rows and no ids, want one for each number up to node 7")
	_, err = withFeatures(t, "a b\n", "f.npy", matrix(2))
	assert.ErrorContains(t, err, `node "a" is no number, want a CSV with the node's id in its first column`)

	z := npz{raw{"features", "<f4", []int{2, 1}, []float32{1, 2}}, raw{"ids", "<U1", []int{2}, utf32(1, "b", "a")}}
	g, err = withFeatures(t, "a b\n", "f.npz", string(z.bytes(t, zip.Deflate)))
	require.NoError(t, err)
	assert.Equal(t, []float32{2, 1}, g.Features.Dense)

	z = npz{
		i4("indices", 1, 0), i4("indptr", 0, 1, 2),
		raw{"format", "|S3", nil, []byte("csr")},
		i8("shape", 2, 9), f8("data", 5, 6),
	}
	g, err = withFeatures(t, "0 1\n", "f.npz", string(z.bytes(t, zip.Store)))
	require.NoError(t, err)
	assert.Equal(t, &Features{Rows: 2, Cols: 9, RowPtr: []int32{0, 1, 2}, Col: []int32{1, 0}, Values: []float32{5, 6}}, g.Features)
}

func withLabels(t *testing.T, edges, name, content string) (*Graph, error) {
	g := mustList(t, edges)
	g.Changes = nil
	err := ReadLabels(besideFile(t, name, []byte(content)), g)
	if err == nil {
		requireSound(t, g)
	}
	return g, err
}

func TestReadLabels(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		labels []int
		names  []string
	}{
		"words":        {"id,club\nc,Hi\na,Officer\nb,Hi\n", []int{1, 0, 0}, []string{"Hi", "Officer"}},
		"no header":    {"a x\nb y\nc x\n", []int{0, 1, 0}, []string{"x", "y"}},
		"numbers":      {"id,label\na,7\nb,3\nc,7\n", []int{7, 3, 7}, nil},
		"floats":       {"id,label\na,7.0\nb,3.0\nc,7.0\n", []int{7, 3, 7}, nil},
		"negative":     {"id,label\na,-1\nb,1\nc,1\n", []int{0, 1, 1}, []string{"-1", "1"}},
		"missing":      {"id,label\na,\nb,NA\nc,x\n", []int{Unlabeled, Unlabeled, 0}, []string{"x"}},
		"among others": {"id,age,class\na,50,x\nb,60,y\nc,70,x\n", []int{0, 1, 0}, []string{"x", "y"}},
		"one-hot":      {"id,red,blue\na,0,1\nb,1,0\nc,0,0\n", []int{0, 1, Unlabeled}, []string{"blue", "red"}},
		"one-hot bare": {"a,0,1,0\nb,1,0,0\nc,0,0,1\n", []int{1, 0, 2}, nil},
		"quoted":       {"\"id\";\"label\"\n\"a\";\"x;y\"\n\"b\";\"z\"\n\"c\";\"z\"\n", []int{0, 1, 1}, []string{"x;y", "z"}},
		"same twice":   {"id,label\na,x\na,x\nb,y\nc,y\n", []int{0, 1, 1}, []string{"x", "y"}},
	} {
		g, err := withLabels(t, "a b\nb c\n", "l.csv", c.text)
		require.NoError(t, err, name)
		assert.Equal(t, c.labels, g.Labels, name)
		assert.Equal(t, c.names, g.LabelNames, name)
	}
	g, err := withLabels(t, "0 1\n1 2\n", "l.txt", "x\ny\nx\n")
	require.NoError(t, err)
	assert.Equal(t, []int{0, 1, 0}, g.Labels, "a line a node")

	g, err = withLabels(t, "0 1\n1 2\n", "l.npy", string(i8("y", 4, -1, 5).bytes(t)))
	require.NoError(t, err)
	assert.Equal(t, []int{4, Unlabeled, 5}, g.Labels)
	g, err = withLabels(t, "0 1\n1 2\n", "l.npy", string(raw{"y", "<f4", []int{3, 2}, []float32{0, 1, 1, 0, 0, 0}}.bytes(t)))
	require.NoError(t, err)
	assert.Equal(t, []int{1, 0, Unlabeled}, g.Labels)
	g, err = withLabels(t, "0 1\n1 2\n", "l.npz", string(npz{i8("y", 4, 1, 5)}.bytes(t, zip.Deflate)))
	require.NoError(t, err)
	assert.Equal(t, []int{4, 1, 5}, g.Labels)
}

func TestReadLabelsMismatches(t *testing.T) {
	g, err := withLabels(t, "a b\nb c\n", "l.csv", "id,label\na,x\nb,y\nq,z\n")
	require.NoError(t, err)
	assert.Equal(t, []int{0, 1, Unlabeled}, g.Labels)
	assert.Equal(t, []string{
		`labels: 3 rows from column "label", ids from column "id"`, `labels: 1 node without one: "c"`,
		`labels: 1 row of ids that are no nodes left out: "q"`,
	}, g.Changes)
	for text, want := range map[string]string{
		"id,label\na,x\na,y\n":   `l.csv:3: id "a" has class "y" and, in a row before, "x"; want one`,
		"id,label\n1,x\n2,y\n":   `l.csv: 0 of 2 rows are of nodes, want more than half: ids of the file such as "1", "2", of the graph such as "a"`,
		"id,p,q\na,2,1\nb,3,1\n": `l.csv:2: 3 columns, none of them called label or class, want two columns id,class, or 0 and 1 with one 1 a row`,
		"id,p,q\na,0,1\nb,1,1\n": `l.csv:3: "1" in column "q", want 0 and one 1 in a row`,
		"x\ny\n":                 `l.csv: 2 rows without ids, want 3, one a node, or rows of id,class`,
		"":                       "l.csv: empty file",
		"id,label\na\n":          `l.csv:2: "a" has 1 field, want 2 as before`,
	} {
		g := mustList(t, "a b\nb c\n")
		path := besideFile(t, "l.csv", []byte(text))
		err := ReadLabels(path, g)
		if assert.Error(t, err, text) {
			assert.Equal(t, filepath.Dir(path)+"/"+want, err.Error(), text)
		}
	}
}
