package graphfile

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/zip"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReadChoosesByContent(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string][]byte{
		"a.npz":      path3().bytes(t, zip.Deflate),
		"a.graph":    path3().bytes(t, zip.Store),
		"a.txt":      []byte("0 1\n1 2\n"),
		"short":      []byte("0 1\n1 2"),
		"a.csv.gz":   gzipped(t, "0,1\n1,2\n"),
		"gz without": gzipped(t, "0\t1\n1\t2\n"),
	} {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, content, 0o600))
		g, err := Read(path)
		require.NoError(t, err, name)
		assert.Equal(t, 2, g.Edges(), name)
	}
}

func TestReadErrors(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct{ content, want string }{
		"empty.npz": {"", "empty file"},
		"empty.txt": {"", "empty file"},
		"text.npz":  {"0 1\n", "not an npz file: it does not begin like a zip archive"},
		"one.npy":   {"\x93NUMPY\x01\x00", "the array cannot be read: no npy header: unexpected EOF"},
	} {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(c.content), 0o600))
		_, err := Read(path)
		assert.EqualError(t, err, path+": "+c.want)
	}
	_, err := Read(filepath.Join(dir, "none.npz"))
	require.ErrorIs(t, err, fs.ErrNotExist)
	assert.EqualError(t, err, filepath.Join(dir, "none.npz")+": no such file or directory")
	_, err = Read(dir)
	assert.EqualError(t, err, dir+": is a folder, want a graph file")
}

// TestReadPublishedGraphs reads the files that gnn-benchmark and others
// publish, from the folder npz in $GRAPHPOOL_DATA.
func TestReadPublishedGraphs(t *testing.T) {
	dir := os.Getenv("GRAPHPOOL_DATA")
	if dir == "" {
		t.Skip("GRAPHPOOL_DATA is not set: give the folder that holds npz/cora.npz and the like")
	}
	for name, want := range map[string]struct{ nodes, edges, features, classes, unlabelled, loops int }{
		"cora":                         {2708, 5278, 1433, 7, 0, 0},
		"citeseer":                     {3327, 4552, 3703, 6, 15, 0},
		"pubmed":                       {19717, 44324, 500, 3, 0, 0},
		"amazon_electronics_photo":     {7650, 119081, 745, 8, 0, 1},
		"amazon_electronics_computers": {13752, 245861, 767, 10, 0, 0},
		"ms_academic_cs":               {18333, 81894, 6805, 15, 0, 0},
		"ms_academic_phy":              {34493, 247962, 8415, 5, 0, 0},
		"email_eu_core":                {1005, 16064, 0, 42, 0, 642},
		"football":                     {115, 613, 0, 12, 0, 0},
		"polbooks":                     {105, 441, 0, 3, 0, 0},
		"dolphins":                     {62, 159, 0, 2, 0, 0},
		"karate_2faction":              {34, 78, 0, 2, 0, 0},
		"karate_4class":                {34, 78, 0, 4, 0, 0},
		"lesmis":                       {77, 254, 0, 0, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			g, err := Read(filepath.Join(dir, "npz", name+".npz"))
			require.NoError(t, err)
			requireSound(t, g)
			classes, unlabelled := make(map[int]bool), 0
			for _, l := range g.Labels {
				if l == Unlabeled {
					unlabelled++
				} else {
					classes[l] = true
				}
			}
			features := 0
			if g.Features != nil {
				features = g.Features.Cols
			}
			assert.Equal(t, []int{want.nodes, want.edges, want.features, want.classes, want.unlabelled},
				[]int{g.Nodes, g.Edges(), features, len(classes), unlabelled})
			loops := changes{loops: want.loops}.matrix()
			assert.Subset(t, g.Changes, loops)
		})
	}
}
