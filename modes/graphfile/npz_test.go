package graphfile

import (
	"bytes"
	"math"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/zip"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReadNPZPlain(t *testing.T) {
	want := &Graph{Nodes: 3, RowPtr: []int32{0, 1, 3, 4}, Col: []int32{1, 0, 2, 1}}
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		b := path3().bytes(t, method)
		g, err := ReadNPZ(bytes.NewReader(b), int64(len(b)), "g.npz")
		require.NoError(t, err)
		assert.Equal(t, want, g)
		assert.Equal(t, 2, g.Edges())
	}
}

func TestReadNPZDtypes(t *testing.T) {
	want := path3().mustRead(t)
	for _, a := range []raw{
		{"adj_data", "<f8", []int{4}, []float64{1, 1, 1, 1}},
		{"adj_data", ">f4", []int{4}, []float32{1, 1, 1, 1}},
		{"adj_data", "|b1", []int{4}, []uint8{1, 1, 1, 1}},
		{"adj_data", "<u8", []int{4}, []uint64{1, 1, 1, 1}},
		{"adj_indices", "<i8", []int{4}, []int64{1, 0, 2, 1}},
		{"adj_indices", ">i8", []int{4}, []int64{1, 0, 2, 1}},
		{"adj_indices", "|u1", []int{4}, []uint8{1, 0, 2, 1}},
		{"adj_indices", "|i1", []int{4}, []int8{1, 0, 2, 1}},
		{"adj_indices", "<i2", []int{4}, []int16{1, 0, 2, 1}},
		{"adj_indices", ">u2", []int{4}, []uint16{1, 0, 2, 1}},
		{"adj_indices", "<u4", []int{4}, []uint32{1, 0, 2, 1}},
		{"adj_indices", "<u8", []int{4}, []uint64{1, 0, 2, 1}},
		{"adj_indices", "<f8", []int{4}, []float64{1, 0, 2, 1}},
		{"adj_shape", "<i4", []int{2}, []int32{3, 3}},
	} {
		assert.Equal(t, want, path3().with(a).mustRead(t), "%s as %s", a.name, a.descr)
	}
}

func TestReadNPZBothLayouts(t *testing.T) {
	attr := func(p string) npz {
		return path3().with(f4(p+"_data", 2, 5), i4(p+"_indices", 4, 0), i4(p+"_indptr", 0, 1, 1, 2), i8(p+"_shape", 3, 5))
	}
	features := &Features{Rows: 3, Cols: 5, RowPtr: []int32{0, 1, 1, 2}, Col: []int32{4, 0}, Values: []float32{2, 5}}

	g := attr("attr").with(i8("labels", 7, 8, 9), raw{"label_mask", "|u1", []int{3}, []uint8{1, 0, 1}}).mustRead(t)
	assert.Equal(t, features, g.Features)
	assert.Equal(t, []int{7, Unlabeled, 9}, g.Labels)

	g = attr("feature").with(i8("labels", 7, 9), i4("label_indices", 2, 0)).mustRead(t)
	assert.Equal(t, features, g.Features)
	assert.Equal(t, []int{9, Unlabeled, 7}, g.Labels)
}

func TestReadNPZNames(t *testing.T) {
	names := []string{"Ö", "bc", ""}
	g := path3().with(raw{"node_names", "<U2", []int{3}, utf32(2, names...)}).mustRead(t)
	assert.Equal(t, names, g.Names)
	g = path3().with(raw{"node_names", ">U2", []int{3}, utf32(2, names...)}).mustRead(t)
	assert.Equal(t, names, g.Names)
	g = path3().with(raw{"node_names", "|S2", []int{3}, []byte("ab\xffdc\x00")}).mustRead(t)
	assert.Equal(t, []string{"ab", "\uFFFDd", "c"}, g.Names)
	g = path3().with(raw{"node_names", "|O", []int{3}, []byte("pickle")}).mustRead(t)
	assert.Nil(t, g.Names)
	assert.Equal(t, []string{"node names left out (not stored as text)"}, g.Changes)
}

func TestReadNPZChanges(t *testing.T) {
	// 0→1, 1→0 (twice), 1→1, 2→0, 2→1 of four nodes, unsorted.
	g := npz{
		f4("adj_data", 1, 1, 1, 1, 1, 1), i4("adj_indices", 1, 1, 0, 0, 1, 0),
		i4("adj_indptr", 0, 1, 4, 6, 6), i8("adj_shape", 4, 4),
	}.mustRead(t)
	assert.Equal(t, []int32{0, 2, 4, 6, 6}, g.RowPtr)
	assert.Equal(t, []int32{1, 2, 0, 2, 0, 1}, g.Col)
	assert.Equal(t, []float32{1.5, 1, 1.5, 1, 1, 1}, g.Weights, "the entry that is there twice counts twice")
	assert.Equal(t, []string{
		"1 self loop dropped", "1 duplicate entry added to its edge's weight",
		"1 edge with different weights in its two directions averaged", "2 directed entries made undirected",
	}, g.Changes)

	// 0→1 2+3, 1→0 4 (the mean is 4.5); 0→2 0; 2→3 6; 3→3 9.
	g = npz{
		f4("adj_data", 2, 0, 3, 4, 6, 9), i4("adj_indices", 1, 2, 1, 0, 3, 3),
		i4("adj_indptr", 0, 3, 4, 5, 6), i8("adj_shape", 4, 4),
	}.mustRead(t)
	assert.Equal(t, []int32{0, 1, 2, 3, 4}, g.RowPtr)
	assert.Equal(t, []int32{1, 0, 3, 2}, g.Col)
	assert.Equal(t, []float32{4.5, 4.5, 6, 6}, g.Weights)
	assert.Equal(t, []string{
		"1 self loop dropped", "1 entry of weight 0 dropped", "1 duplicate entry added to its edge's weight",
		"1 edge with different weights in its two directions averaged", "1 directed entry made undirected",
	}, g.Changes)
}

func TestReadNPZWithoutEdges(t *testing.T) {
	g := npz{f4("adj_data"), i4("adj_indices"), i4("adj_indptr", 0, 0, 0), i8("adj_shape", 2, 2)}.mustRead(t)
	assert.Equal(t, 2, g.Nodes)
	assert.Zero(t, g.Edges())
	assert.Empty(t, g.Changes)
}

func TestReadNPZErrors(t *testing.T) {
	nan := float32(math.NaN())
	attr := path3().with(f4("attr_data", 1), i4("attr_indices", 0), i4("attr_indptr", 0, 1, 1, 1), i8("attr_shape", 3, 5))
	for want, n := range map[string]npz{
		"adj_indices[2] = 3, want 0 to 2":                                        path3().with(i4("adj_indices", 1, 0, 3, 1)),
		"adj_indices[0] = -1, want 0 to 2":                                       path3().with(i4("adj_indices", -1, 0, 2, 1)),
		"adj_indices[1] = 0.5, want a whole number":                              path3().with(f8("adj_indices", 1, 0.5, 2, 1)),
		"adj_indptr[0] = 1, want 0":                                              path3().with(i4("adj_indptr", 1, 1, 3, 4)),
		"adj_indptr[2] = 0, want at least the 1 before it":                       path3().with(i4("adj_indptr", 0, 1, 0, 4)),
		"adj_indptr[3] = 5, want 4: the length of adj_indices":                   path3().with(i4("adj_indptr", 0, 1, 3, 5)),
		"adj_indptr has 3 values, want 4: one more than adj_shape[0]":            path3().with(i4("adj_indptr", 0, 1, 4)),
		"adj_data has 3 values, want as many as adj_indices (4)":                 path3().with(f4("adj_data", 1, 1, 1)),
		"adj_data[1] = NaN, want a finite number of at least 0":                  path3().with(f4("adj_data", 1, nan, 1, 1)),
		"adj_data[2] = -1, want a finite number of at least 0":                   path3().with(f4("adj_data", 1, 1, -1, 1)),
		"adj_data[0] = +Inf, want a finite number of at least 0":                 path3().with(f8("adj_data", math.Inf(1), 1, 1, 1)),
		"adj_data[3] = 1e+39, want a number that float32 holds":                  path3().with(f8("adj_data", 1, 1, 1, 1e39)),
		"adj_data holds Python objects, want numbers: save it without pickle":    path3().with(raw{"adj_data", "|O", []int{4}, []byte{1}}),
		"adj_data holds text, want numbers":                                      path3().with(raw{"adj_data", "<U1", []int{4}, utf32(1, "a", "b", "c", "d")}),
		"adj_data dtype f2, want f4, f8, i1 to i8, u1 to u8 or b1":               path3().with(raw{"adj_data", "<f2", []int{4}, []uint16{1, 1, 1, 1}}),
		"adj_data has shape (2, 2), want 1 dimension(s)":                         path3().with(raw{"adj_data", "<f4", []int{2, 2}, []float32{1, 1, 1, 1}}),
		"adj_data ends after 2 of 4 values: the file is cut off":                 path3().with(raw{"adj_data", "<f4", []int{4}, []float32{1, 1}}),
		"adj_data goes on after its 4 values":                                    path3().with(raw{"adj_data", "<f4", []int{4}, []float32{1, 1, 1, 1, 1}}),
		"adj_shape has 1 values, want 2":                                         path3().with(i8("adj_shape", 3)),
		"adj_shape[1] = -3, want 0 to 2147483647":                                path3().with(i8("adj_shape", 3, -3)),
		"adj_shape = (3, 4), want a square matrix":                               path3().with(i8("adj_shape", 3, 4)),
		"a graph of 0 nodes":                                                     {f4("adj_data"), i4("adj_indices"), i4("adj_indptr", 0), i8("adj_shape", 0, 0)},
		"adj_indptr is missing: the file holds adj_data, adj_indices, adj_shape": path3().without("adj_indptr"),
		"no adjacency, want adj_data, adj_indices, adj_indptr and adj_shape, a matrix of scipy.sparse.save_npz, a dense one adj or A, or edge_index: the file holds no arrays": {},
		"attr_shape has 2 rows, want one a node (3)": attr.with(i4("attr_indptr", 0, 1, 1), i8("attr_shape", 2, 5)),
		"attr_data[0] = NaN, want a finite number":   attr.with(f4("attr_data", nan)),
		"attr_data is missing: the file holds adj_data, adj_indices, adj_indptr, adj_shape, attr_indices, attr_indptr, attr_shape": attr.without("attr_data"),
		"attr_data sums to more than float32 holds in row 0, column 0":                                                             attr.with(f4("attr_data", 3e38, 3e38), i4("attr_indices", 0, 0), i4("attr_indptr", 0, 2, 2, 2)),
		"attr_matrix[1,0] = -Inf, want a finite number":                                                                            path3().with(raw{"attr_matrix", "<f4", []int{3, 2}, []float32{1, 1, float32(math.Inf(-1)), 1, 1, 1}}),
		"attr_matrix has 2 rows, want one a node (3)":                                                                              path3().with(raw{"attr_matrix", "<f4", []int{2, 1}, []float32{1, 1}}),
		"labels has 2 values, want one a node (3)":                                                                                 path3().with(i8("labels", 0, 1)),
		"labels[1] = -2, want -1 to 9223372036854775807":                                                                           path3().with(i8("labels", 0, -2, 0)),
		"label_mask has 2 values, want one a node (3)":                                                                             path3().with(i8("labels", 0, 1, 0), i8("label_mask", 0, 1)),
		"label_mask[0] = 2, want 0 to 1":                                                                                           path3().with(i8("labels", 0, 1, 0), i8("label_mask", 2, 1, 1)),
		"label_indices[1] = 3, want 0 to 2":                                                                                        path3().with(i8("labels", 0, 1), i8("label_indices", 0, 3)),
		"label_indices[1] = 0, a node that is listed before":                                                                       path3().with(i8("labels", 0, 1), i8("label_indices", 0, 0)),
		"label_indices has 1 values, want as many as labels (2)":                                                                   path3().with(i8("labels", 0, 1), i8("label_indices", 0)),
		"node_names has 1 values, want one a node (3)":                                                                             path3().with(raw{"node_names", "<U1", []int{1}, utf32(1, "a")}),
		"adj_data cannot be read: not an npy array":                                                                                path3().with(raw{name: "adj_data", data: []byte("0123456789ab")}),
		"adj_data cannot be read: no npy header: EOF":                                                                              path3().with(raw{name: "adj_data", data: []byte{}}),
		"adj_data cannot be read: npy header cut off: unexpected EOF":                                                              path3().with(raw{name: "adj_data", data: npyHead("<f4", []int{4})[:50]}),
		"adj_data cannot be read: npy header is malformed":                                                                         path3().with(raw{name: "adj_data", data: []byte("\x93NUMPY\x01\x00\x02\x00{}")}),
		"adj_data cannot be read: npy header of 4294967295 bytes, want at most 65536":                                              path3().with(raw{name: "adj_data", data: []byte("\x93NUMPY\x02\x00\xff\xff\xff\xff")}),
		"the weights from node 0 to node 1 sum to more than float32 holds":                                                         path3().with(f4("adj_data", 3e38, 3e38, 1, 1), i4("adj_indices", 1, 1, 2, 1), i4("adj_indptr", 0, 2, 3, 4)),
	} {
		_, err := n.read(t)
		assert.EqualError(t, err, "g.npz: "+want)
	}
}

func TestReadNPZCutOff(t *testing.T) {
	b := path3().bytes(t, zip.Deflate)
	for _, n := range []int{1, 10, len(b) / 2, len(b) - 1} {
		_, err := ReadNPZ(bytes.NewReader(b[:n]), int64(n), "g.npz")
		require.Error(t, err)
		assert.True(t, strings.HasPrefix(err.Error(), "g.npz: not a readable npz file, it may be cut off: "), "%v", err)
	}
	_, err := ReadNPZ(bytes.NewReader(nil), 0, "g.npz")
	assert.EqualError(t, err, "g.npz: empty file")
}

func TestReadNPZWrongChecksum(t *testing.T) {
	b := path3().bytes(t, zip.Store)
	at := bytes.Index(b, []byte{0, 0, 0x80, 0x3f}) // the first 1.0
	b[at] = 1
	_, err := ReadNPZ(bytes.NewReader(b), int64(len(b)), "g.npz")
	assert.EqualError(t, err, "g.npz: adj_data cannot be read: zip: checksum error")
}

func TestDeclaredSizesAllocateNothing(t *testing.T) {
	const huge = 2_000_000_000
	files := map[string][]byte{
		"adj_data declares shape (2000000000), but the file is too short to hold it": path3().with(
			raw{"adj_data", "<f4", []int{huge}, []float32{1}}).bytes(t, zip.Deflate),
		"adj_indptr has 4 values, want 2000000001: one more than adj_shape[0]": path3().with(
			i8("adj_shape", huge, huge)).bytes(t, zip.Deflate),
		"attr_matrix declares shape (3, 2000000000), but the file is too short to hold it": path3().with(
			raw{"attr_matrix", "<f4", []int{3, huge}, []float32{1}}).bytes(t, zip.Deflate),
		"node_names has values of 1073741820 bytes, want 1 to 65536": path3().with(
			raw{"node_names", "<U268435455", []int{0}, []float32{}}).bytes(t, zip.Deflate),
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for want, b := range files {
		_, err := ReadNPZ(bytes.NewReader(b), int64(len(b)), "g.npz")
		assert.EqualError(t, err, "g.npz: "+want)
	}
	wide := path3().with(f4("attr_data", 1), i4("attr_indices", 9), i4("attr_indptr", 0, 1, 1, 1), i8("attr_shape", 3, huge)).mustRead(t)
	assert.Equal(t, huge, wide.Features.Cols)
	runtime.ReadMemStats(&after)
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(32<<20))
}
