package graphfile

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// writeSet writes the files of a data set into a new folder; those that end in
// .gz are packed.
func writeSet(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		b := []byte(text)
		if strings.HasSuffix(name, ".gz") {
			var out bytes.Buffer
			z := gzip.NewWriter(&out)
			_, err := z.Write(b)
			require.NoError(t, err)
			require.NoError(t, z.Close())
			b = out.Bytes()
		}
		require.NoError(t, os.WriteFile(path, b, 0o600))
	}
	return dir
}

func papers() map[string]string {
	return map[string]string{
		"tiny.content": "p1\t1\t0\t0\tMath\np2\t0\t0\t0\tArt\np3\t0\t1\t0.5\tMath\n",
		"tiny.cites":   "p1\tp2\np2\tp1\np3\tp1\np9\tp1\np3\tp3\n",
	}
}

func TestReadPlanetoid(t *testing.T) {
	dir := writeSet(t, papers())
	for _, path := range []string{dir, filepath.Join(dir, "tiny.content"), filepath.Join(dir, "tiny.cites")} {
		g, err := Read(path)
		require.NoError(t, err)
		requireSound(t, g)
		assert.Equal(t, []string{"p1", "p2", "p3"}, g.Names)
		assert.Equal(t, []int32{1, 2, 0, 0}, g.Col)
		assert.Nil(t, g.Weights)
		assert.Equal(t, []int{1, 0, 1}, g.Labels)
		assert.Equal(t, []string{"Art", "Math"}, g.LabelNames)
		assert.Equal(t, []float32{1, 0, 0, 0, 0, 0, 0, 1, 0.5}, g.Features.Dense)
		assert.Equal(t, []string{
			"1 self loop dropped", "1 directed edge made undirected", "1 edge given in both directions counted once",
			"1 link to an id without a line in tiny.content left out",
		}, g.Changes)
		assert.True(t, g.Directed)
		assert.Equal(t, "planetoid", g.Format)
	}
}

func TestBrokenPlanetoid(t *testing.T) {
	for want, change := range map[string][2]string{
		`tiny.content:2: 2 features, want 3 as in the first line`:     {"tiny.content", "a 1 0 0 X\nb 1 0 X\n"},
		`tiny.content:1: "a", want an id, features and a class`:       {"tiny.content", "a\n"},
		`tiny.content:2: node id "a" is there twice, want`:            {"tiny.content", "a 1 X\na 1 X\n"},
		`tiny.content:1: feature 1 = "x", want a finite number`:       {"tiny.content", "a x X\n"},
		`tiny.content:1: feature 2 = "inf", want a finite number`:     {"tiny.content", "a 1 inf X\n"},
		`tiny.content:1: feature 2 = "1e99", want a finite number`:    {"tiny.content", "a 1 1e99 X\n"},
		`tiny.content:2: "b?" is not UTF-8, want text in UTF-8`:       {"tiny.content", "a 1 X\nb\xff\n"},
		`tiny.content:1: a zero byte, want text`:                      {"tiny.content", "\x00\x00"},
		`tiny.content:1: feature 1 = "0x", want a finite number`:      {"tiny.content", "a 0x X\n"},
		`tiny.content:3: 0 features, want 1 as in the first line`:     {"tiny.content", "a 1 X\nb 2 Y\nc Z\n"},
		`tiny.content:2: "b", want an id, features and a class`:       {"tiny.content", "a 1 X\nb\n"},
		`tiny.content:1: feature 1 = "1,5", want a finite number`:     {"tiny.content", "a 1,5 X\n"},
		`tiny.cites:3: "p3" has 1 fields, want two ids`:               {"tiny.cites", "p1 p2\np2 p3\np3\n"},
		`tiny.cites: a graph of 0 nodes`:                              {"tiny.content", "\n\n"},
		`tiny.cites:1: "p1" has 1 fields, want two ids`:               {"tiny.cites", "p1\n"},
		`tiny.cites:2: "p1 p2 p3" has 3 fields, want two ids`:         {"tiny.cites", "p1 p2\np1 p2 p3\n"},
		`tiny.cites:1: a zero byte, want text`:                        {"tiny.cites", "\x00"},
		`tiny.cites:1: "p1 ?" is not UTF-8`:                           {"tiny.cites", "p1 \xff"},
		`tiny.content.gz:1: cannot be read, the file may be cut off:`: {"tiny.content.gz", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b"},
	} {
		files := papers()
		name := strings.TrimSuffix(change[0], ".gz")
		delete(files, name)
		dir := writeSet(t, files)
		require.NoError(t, os.WriteFile(filepath.Join(dir, change[0]), []byte(change[1]), 0o600))
		_, err := ReadPlanetoid(filepath.Join(dir, "tiny.content"))
		require.ErrorContains(t, err, filepath.Join(dir, want))
		assert.NotContains(t, err.Error(), "\n")
	}
	files := papers()
	delete(files, "tiny.cites")
	_, err := ReadPlanetoid(filepath.Join(writeSet(t, files), "tiny.content"))
	require.ErrorContains(t, err, "tiny.cites")
	_, err = ReadPlanetoid(t.TempDir())
	require.ErrorContains(t, err, "0 pairs of NAME.content and NAME.cites, want one")
	_, err = ReadPlanetoid(filepath.Join(t.TempDir(), "none"))
	require.ErrorContains(t, err, "no such file")
}

func arxiv() map[string]string {
	return map[string]string{
		"raw/num-node-list.csv.gz": "4\n", "raw/num-edge-list.csv.gz": "3\n", "raw/edge.csv.gz": "0,1\n1,0\n2,1\n",
		"raw/node-feat.csv.gz": "0.5,1\n0,0\n-1,2\n3,1\n", "raw/node-label.csv.gz": "2\n0\nnan\n2\n",
	}
}

func TestReadOGB(t *testing.T) {
	dir := writeSet(t, arxiv())
	for _, path := range []string{dir, filepath.Join(dir, "raw")} {
		g, err := Read(path)
		require.NoError(t, err)
		requireSound(t, g)
		assert.Equal(t, 4, g.Nodes)
		assert.Equal(t, []int32{1, 0, 2, 1}, g.Col)
		assert.Equal(t, []int{2, 0, Unlabeled, 2}, g.Labels)
		assert.Equal(t, []float32{0.5, 1, 0, 0, -1, 2, 3, 1}, g.Features.Dense)
		assert.Equal(t, []string{"1 directed edge made undirected", "1 edge given in both directions counted once"}, g.Changes)
		assert.Equal(t, "ogb", g.Format)
	}
}

func TestBrokenOGB(t *testing.T) {
	for _, c := range [][3]string{
		{"num-node-list.csv.gz", "", "an OGB data set of 0 graphs, want one"},
		{"num-node-list.csv.gz", "2\n3\n", "an OGB data set of 2 graphs, want one"},
		{"num-node-list.csv.gz", "x\n", `num-node-list.csv.gz:1: "x" nodes, want a whole number from 1`},
		{"num-node-list.csv.gz", "0\n", `num-node-list.csv.gz:1: "0" nodes`},
		{"num-node-list.csv.gz", "-4\n", `num-node-list.csv.gz:1: "-4" nodes`},
		{"num-node-list.csv.gz", "2147483647\n", `num-node-list.csv.gz:1: "2147483647" nodes`},
		{"num-node-list.csv.gz", "2000000000\n", "nodes in num-node-list.csv = 2000000000, want at most 1000000"},
		{"edge.csv.gz", "0,4\n", `edge.csv.gz:1: node "4", want 0 to 3`},
		{"edge.csv.gz", "0,1\n0,-1\n", `edge.csv.gz:2: node "-1", want 0 to 3`},
		{"edge.csv.gz", "0,x\n", `edge.csv.gz:1: node "x"`},
		{"edge.csv.gz", "0,1,2\n", `edge.csv.gz:1: 3 columns, want 2`},
		{"edge.csv.gz", "0,1\n0\n", `edge.csv.gz:2: wrong number of fields, want the columns of the first line`},
		{"edge.csv.gz", "0,\"1\n", `edge.csv.gz:1: `},
		{"node-feat.csv.gz", "1\n2\n", "node-feat.csv has 2 lines, want one a node (4)"},
		{"node-feat.csv.gz", "1\n2\n3\n4\n5\n", "node-feat.csv.gz:5: features of more than 4 nodes"},
		{"node-feat.csv.gz", "1\nx\n", `node-feat.csv.gz:2: feature 1 = "x", want a finite number`},
		{"node-feat.csv.gz", "1\nnan\n", `node-feat.csv.gz:2: feature 1 = "nan"`},
		{"node-feat.csv.gz", "1,2\n1\n", `node-feat.csv.gz:2: wrong number of fields`},
		{"node-label.csv.gz", "1\n2\n", "node-label.csv has 2 lines, want one a node (4)"},
		{"node-label.csv.gz", "1\n2\n3\n4\n5\n", "node-label.csv.gz:5: labels of more than 4 nodes"},
		{"triplet-type-list.csv.gz", "a\n", "an OGB data set of several kinds of nodes, want one kind"},
	} {
		files := arxiv()
		files["raw/"+c[0]] = c[1]
		_, err := ReadOGB(writeSet(t, files))
		require.ErrorContains(t, err, c[2])
		assert.NotContains(t, err.Error(), "\n")
	}
	dir := writeSet(t, arxiv())
	path := filepath.Join(dir, "raw", "edge.csv.gz")
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, b[:len(b)-9], 0o600))
	_, err = ReadOGB(dir)
	require.ErrorContains(t, err, path+": cannot be read, the file may be cut off")
	require.NoError(t, os.Remove(path))
	_, err = ReadOGB(dir)
	require.ErrorContains(t, err, "no such file")
}
