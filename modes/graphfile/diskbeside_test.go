package graphfile

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/zip"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// besideGraphs are graph files: ids with gaps, from 1 on, words, and npz files
// with features of their own and with names that are numbers out of order.
func besideGraphs(t *testing.T) map[string]string {
	own := mustList(t, "0 1\n1 2 \n2 4\n3 1\n")
	own.Features = &Features{Rows: 5, Cols: 2, Dense: []float32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}}
	own.Labels = []int{0, 1, 0, 1, 0}
	crossed := mustList(t, "0 1 2\n1 2 1\n2 0 3\n2 3 5\n")
	crossed.Names = []string{"2", "5", "0", "1"}
	crossed.Features = &Features{Rows: 4, Cols: 1, Dense: []float32{20, 50, 1, 10}}
	out := map[string]string{
		"from 0":  besideFile(t, "g.txt", []byte("0 1\n1 2\n")),
		"gaps":    besideFile(t, "g.txt", []byte("0 2 3\n2 5 1\n7 5 2\n9 0 4\n")),
		"from 1":  besideFile(t, "g.txt", []byte("1 2\n2 3\n")),
		"words":   besideFile(t, "g.txt", []byte("a b\nb c\n")),
		"own x":   filepath.Join(t.TempDir(), "own.npz"),
		"crossed": filepath.Join(t.TempDir(), "crossed.npz"),
	}
	require.NoError(t, WriteNPZ(out["own x"], own))
	require.NoError(t, WriteNPZ(out["crossed"], crossed))
	return out
}

// besideFiles are files of features, and of labels, for these graphs.
func besideFiles(t *testing.T) (features, labels map[string]string) {
	values := func(n int) []float32 {
		v := make([]float32, n)
		for i := range v {
			v[i] = float32(i + 1)
		}
		return v
	}
	x := func(rows, cols int) raw { return raw{"x", "<f4", []int{rows, cols}, values(rows * cols)} }
	features = map[string]string{
		"none": "", "table": besideFile(t, "f.csv", []byte("id,x\n0,1\n1,2\n2,3\n3,4\n4,5\n5,6\n7,7\n9,8\n")),
		"words":  besideFile(t, "f.csv", []byte("id,x\nb,1\nz,2\na,3\n")),
		"broken": besideFile(t, "f.npy", []byte("\x93NUMPY\x01")), "absent": filepath.Join(t.TempDir(), "none.npy"),
	}
	labels = map[string]string{
		"none": "", "table": besideFile(t, "l.csv", []byte("id,class\n0,x\n1,y\n2,x\n5,y\n")),
		"empty": besideFile(t, "l.csv", nil),
	}
	for _, rows := range []int{3, 4, 12} {
		name := string(rune('a'+rows)) + " rows"
		features[name] = besideFile(t, "f.npy", x(rows, 2).bytes(t))
		features[name+", npz"] = besideFile(t, "f.npz", npz{x(rows, 2)}.bytes(t, zip.Deflate))
		labels[name] = besideFile(t, "l.npy", raw{"y", "<f4", []int{rows}, values(rows)}.bytes(t))
	}
	return features, labels
}

// TestFilesBesideADiskGraph reads every graph with every pair of files beside it
// into memory and from disk, and wants the same graph or the same error.
func TestFilesBesideADiskGraph(t *testing.T) {
	features, labels := besideFiles(t)
	read, held := 0, 0
	for name, path := range besideGraphs(t) {
		for f, x := range features {
			for l, y := range labels {
				at := name + ", features " + f + ", labels " + l
				want, wantErr := readWithBeside(t, path, x, y)
				got, inMemory, err := diskWithBeside(t, path, x, y)
				if wantErr != nil {
					assert.EqualError(t, err, wantErr.Error(), at)
					continue
				}
				require.NoError(t, err, at)
				if len(got.Col) == 0 {
					got.Col = want.Col
				}
				if want.Features != nil && assert.NotNil(t, got.Features, at) { // dense or sparse
					assert.Equal(t, want.Features.rowsOf(), got.Features.rowsOf(), at)
					got.Features = want.Features
				}
				assert.Equal(t, want, got, at)
				if read++; inMemory {
					held++
				}
			}
		}
	}
	assert.Greater(t, read, 100)
	assert.Greater(t, held, 5, "of words, and of names in another order")
}

func readWithBeside(t *testing.T, path, features, labels string) (*Graph, error) {
	g, err := Read(path)
	require.NoError(t, err)
	if features != "" {
		if err := ReadFeatures(features, g); err != nil {
			return nil, err
		}
	}
	if labels != "" {
		if err := ReadLabels(labels, g); err != nil {
			return nil, err
		}
	}
	requireSound(t, g)
	return g, nil
}

func diskWithBeside(t *testing.T, path, features, labels string) (*Graph, bool, error) {
	dir := t.TempDir()
	g, err := readToDisk(path, dir, Options{}, 3)
	require.NoError(t, err)
	defer func() {
		require.NoError(t, g.Close())
		left, err := os.ReadDir(dir)
		require.NoError(t, err)
		assert.Empty(t, left)
	}()
	if features != "" {
		if err := g.ReadFeatures(features); err != nil {
			return nil, false, err
		}
	}
	if labels != "" {
		if err := g.ReadLabels(labels); err != nil {
			return nil, false, err
		}
	}
	return wholeOf(t, g, 2), g.InMemory != "", nil
}

// The Graph of a DiskGraph has no edges that could follow its nodes.
func TestFilesBesideTheGraphOfADiskGraph(t *testing.T) {
	g, err := ReadToDisk(besideFile(t, "g.txt", []byte("0 1\n1 2\n")), t.TempDir(), Options{})
	require.NoError(t, err)
	const want = "0 row pointers for a graph of 3 nodes, want 4; a DiskGraph has ReadFeatures and ReadLabels of its own"
	assert.EqualError(t, ReadFeatures(besideFile(t, "f.csv", []byte("id,x\n0,1\n1,2\n2,3\n3,4\n")), g.Graph), want)
	assert.EqualError(t, ReadLabels(besideFile(t, "l.csv", []byte("id,y\n0,1\n")), g.Graph), want)
	require.NoError(t, g.Close())
}

// Two nodes of one name are not one row of a matrix.
func TestTwoNodesOfOneNumber(t *testing.T) {
	g := mustList(t, "0 1\n1 2\n")
	g.Names = []string{"0", "1", "1"}
	err := ReadLabels(besideFile(t, "l.npy", raw{"y", "<f4", []int{3}, []float32{1, 2, 3}}.bytes(t)), g)
	assert.ErrorContains(t, err, "has no ids and two nodes have the name 1, want a name for each")
}
