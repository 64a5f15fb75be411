package graphfile

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/zip"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func x3() raw { return raw{"x", "<f4", []int{3, 2}, []float32{1, 2, 3, 4, 5, 6}} }

// Arrays of common names are taken and told, and others are told.
func TestNPZOtherArrays(t *testing.T) {
	names := raw{"names", "<U1", []int{3}, utf32(1, "c", "a", "b")}
	dense := raw{"A", "<i8", []int{3, 3}, []int64{0, 1, 0, 1, 0, 1, 0, 1, 0}}
	for what, n := range map[string]npz{
		"rows":  path3().with(x3(), i8("y", 2, 0, 2), names, i8("train_mask", 1, 0, 1)),
		"dense": {dense, x3(), i8("y", 2, 0, 2), names, i8("train_mask", 1, 0, 1)},
	} {
		g := n.mustRead(t)
		assert.Equal(t, []float32{1, 2, 3, 4, 5, 6}, g.Features.Dense, what)
		assert.Equal(t, []int{2, 0, 2}, g.Labels, what)
		assert.Equal(t, []string{"c", "a", "b"}, g.Names, what)
		assert.Equal(t, []string{
			"features are the array x", "labels are the array y", "names are the array names", `arrays not used: "train_mask"`,
		}, g.Changes, what)
	}

	g := npz{dense, raw{"feat", "<f4", []int{3, 1}, []float32{1, 2, 3}}, raw{"label", "<U1", []int{3}, utf32(1, "q", "p", "q")}}.mustRead(t)
	assert.Equal(t, []float32{1, 2, 3}, g.Features.Dense)
	assert.Equal(t, []string{"p", "q"}, g.LabelNames)
	assert.Equal(t, []int{1, 0, 1}, g.Labels)

	g = npz{raw{"arr_0", "<i8", []int{3, 3}, []int64{0, 1, 0, 1, 0, 1, 0, 1, 0}}, raw{"arr_1", "<f4", []int{3, 1}, []float32{1, 2, 3}}}.mustRead(t)
	assert.Equal(t, []string{`arrays not used: "arr_1"`}, g.Changes)

	g = path3().with(raw{"labels", "<U1", []int{3}, utf32(1, "q", "p", "q")}).mustRead(t)
	assert.Equal(t, []int{1, 0, 1}, g.Labels, "words in a layout that is known")
	assert.Equal(t, []string{"p", "q"}, g.LabelNames)
}

// An array of a common name that does not fit is not taken for what it is not.
func TestNPZOtherArraysThatDoNotFit(t *testing.T) {
	for want, a := range map[string]raw{
		`arrays not used: "x"`: {"x", "<f4", []int{3}, []float32{1, 2, 3}},
		`arrays not used: "X"`: {"X", "<f4", []int{2, 2}, []float32{1, 2, 3, 4}},
		`arrays not used: "y"`: {"y", "<f4", []int{3}, []float32{.5, 2, 3}},
		"labels left out: y[0,1] = 1, want 0 and one 1 in a row":     {"y", "<i8", []int{3, 2}, []int64{1, 1, 0, 1, 0, 0}},
		"labels left out: y[1] = -7, want -1 to 9223372036854775807": {"y", "<i8", []int{3}, []int64{1, -7, 0}},
		`arrays not used: "names"`:                                   {"names", "<U1", []int{2}, utf32(1, "a", "b")},
		"names left out: two nodes share one in the array names":     {"names", "<U1", []int{3}, utf32(1, "a", "b", "a")},
	} {
		g := path3().with(a).mustRead(t)
		assert.Equal(t, []string{want}, g.Changes)
		assert.Nil(t, g.Features)
		assert.Nil(t, g.Labels)
		assert.Nil(t, g.Names)
	}
}

// PyTorch Geometric's edge_index, with what gives the number of nodes.
func TestNPZEdgeIndex(t *testing.T) {
	index := raw{"edge_index", "<i8", []int{2, 3}, []int64{0, 1, 1, 1, 0, 2}}
	g := npz{index}.mustRead(t)
	assert.Equal(t, []int32{0, 1, 3, 4}, g.RowPtr)
	assert.Equal(t, []int32{1, 0, 2, 1}, g.Col)
	assert.Equal(t, []string{"1 directed entry made undirected"}, g.Changes)
	g = npz{index, raw{"x", "<f4", []int{4, 1}, []float32{1, 2, 3, 4}}, i8("y", 0, 0, 1, 1), f4("edge_weight", 2, 2, 3)}.mustRead(t)
	assert.Equal(t, 4, g.Nodes)
	assert.Equal(t, []float32{2, 2, 3, 3}, g.Weights)
	assert.Equal(t, []int{0, 0, 1, 1}, g.Labels)
	assert.Equal(t, 5, npz{index, raw{"num_nodes", "<i8", nil, []int64{5}}}.mustRead(t).Nodes)
	for want, n := range map[string]npz{
		"g.npz: edge_index has node 2, want less than the 2 nodes that num_nodes says":               {index, i8("num_nodes", 2)},
		"g.npz: num_nodes = 2000000, want at most 1000000: 64 for each of the 3 entries in the file": {index, i8("num_nodes", 2_000_000)},
		"g.npz: edge_weight has 1 values, want one an edge (3)":                                      {index, f4("edge_weight", 1)},
		"g.npz: edge_index has shape (3, 1), want two rows":                                          {raw{"edge_index", "<i8", []int{3, 1}, []int64{0, 1, 2}}},
		"g.npz: edge_index[0] = -1, want 0 to 1073741822":                                            {raw{"edge_index", "<i8", []int{2, 1}, []int64{-1, 1}}},
		"g.npz: a graph of 0 nodes":                                                                  {raw{"edge_index", "<i8", []int{2, 0}, []int64{}}},
		"g.npz: no adjacency, want adj_data, adj_indices, adj_indptr and adj_shape, a matrix of scipy.sparse.save_npz, a dense one adj or A, or edge_index: the file holds x": {x3()},
	} {
		_, err := n.read(t)
		assert.EqualError(t, err, want)
	}
}

// The same arrays are taken where the graph is sorted on disk, and files beside a
// graph tell what they hold too.
func TestNPZOtherArraysOnDiskAndBeside(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "g.npz")
	require.NoError(t, os.WriteFile(path, path3().with(x3(), i8("y", 2, 0, 2), i8("more", 1)).bytes(t, zip.Store), 0o600))
	d, err := ReadToDisk(path, dir, Options{})
	require.NoError(t, err)
	defer func() { assert.NoError(t, d.Close()) }()
	assert.Equal(t, []string{"features are the array x", "labels are the array y", `arrays not used: "more"`}, d.Graph.Changes)
	require.NotNil(t, d.X)
	assert.Equal(t, [2]int{3, 2}, [2]int{d.X.Rows, d.X.Cols})

	g, err := withFeatures(t, "0 1\n1 2\n", "f.npz", string(npz{x3(), i8("y", 2, 0, 2)}.bytes(t, zip.Store)))
	require.NoError(t, err)
	assert.Contains(t, g.Changes, `features: arrays not used: "y"`)
	g, err = withLabels(t, "0 1\n1 2\n", "l.npz", string(npz{x3(), i8("y", 2, 0, 2)}.bytes(t, zip.Store)))
	require.NoError(t, err)
	assert.Equal(t, []int{2, 0, 2}, g.Labels)
	assert.Contains(t, g.Changes, `labels: arrays not used: "x"`)
	_, err = withLabels(t, "0 1\n1 2\n", "l.npz", string(npz{i8("a", 1, 1, 1), i8("b", 2, 0, 2)}.bytes(t, zip.Store)))
	assert.ErrorContains(t, err, "no array of labels, want labels, y or label: the file holds a, b")
	b := path3().bytes(t, zip.Store)
	g, err = ReadNPZ(bytes.NewReader(b), int64(len(b)), "g")
	require.NoError(t, err)
	assert.Empty(t, g.Changes)
}
