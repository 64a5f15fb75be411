package graphfile

import (
	"testing"

	"github.com/klauspost/compress/zip"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func scipyFormat(word string) raw { return raw{"format", "|S3", nil, []byte(word)} }

// The path 0–1–2 with weights 2 and 3, as scipy.sparse.save_npz writes it in
// three formats and as a dense matrix.
func TestReadNPZLayouts(t *testing.T) {
	dense := []float64{0, 2, 0, 2, 0, 3, 0, 3, 0}
	for name, n := range map[string]npz{
		"csr":           {i4("indices", 1, 0, 2, 1), i4("indptr", 0, 1, 3, 4), scipyFormat("csr"), i8("shape", 3, 3), f8("data", 2, 2, 3, 3)},
		"csc":           {i4("indices", 1, 0, 2, 1), i4("indptr", 0, 1, 3, 4), scipyFormat("csc"), i8("shape", 3, 3), f8("data", 2, 2, 3, 3)},
		"coo":           {i4("row", 0, 1), i4("col", 1, 2), scipyFormat("coo"), i8("shape", 3, 3), f8("data", 2, 3)},
		"one direction": {i4("indices", 1, 2), i4("indptr", 0, 1, 2, 2), scipyFormat("csr"), i8("shape", 3, 3), f8("data", 2, 3)},
		"dense":         {raw{"adj", "<f8", []int{3, 3}, dense}},
		"unnamed":       {raw{"arr_0", "<f8", []int{3, 3}, dense}},
		"with labels":   {raw{"adjacency", "<f8", []int{3, 3}, dense}, i8("labels", 0, 1, 0)},
	} {
		g := n.mustRead(t)
		assert.Equal(t, []int32{0, 1, 3, 4}, g.RowPtr, name)
		assert.Equal(t, []float32{2, 2, 3, 3}, g.Weights, name)
		assert.Equal(t, name == "with labels", g.Labels != nil)
	}
	path := besideFile(t, "a.npy", raw{"a", "<f8", []int{3, 3}, dense}.bytes(t))
	g, err := Read(path)
	require.NoError(t, err)
	assert.Equal(t, []float32{2, 2, 3, 3}, g.Weights)
}

func TestReadNPZLayoutsBroken(t *testing.T) {
	csr3 := npz{i4("indices", 1, 0), i4("indptr", 0, 1, 2, 2), scipyFormat("csr"), i8("shape", 3, 3), f8("data", 2, 2)}
	coo3 := npz{i4("row", 0, 1), i4("col", 1, 2), scipyFormat("coo"), i8("shape", 3, 3), f8("data", 2, 3)}
	for want, n := range map[string]npz{
		"g.npz: format = \"bsr\", want csr, csc or coo: convert it with .tocsr()":               csr3.with(scipyFormat("bsr")),
		"g.npz: indices[0] = 3, want 0 to 2":                                                    csr3.with(i4("indices", 3, 0)),
		"g.npz: indptr has 3 values, want 4: one more than shape[0]":                            csr3.with(i4("indptr", 0, 1, 2)),
		"g.npz: data[1] = -2, want a finite number of at least 0":                               csr3.with(f8("data", 2, -2)),
		"g.npz: data has 1 values, want as many as indices (2)":                                 csr3.with(f8("data", 2)),
		"g.npz: shape has 3 values, want 2":                                                     csr3.with(i8("shape", 3, 3, 3)),
		"g.npz: indptr is missing: the file holds indices, format, shape, data":                 csr3.without("indptr"),
		"g.npz: adj_shape = (2, 3), want a square matrix":                                       csr3.with(i8("shape", 2, 3), i4("indptr", 0, 1, 2)),
		"g.npz: row[1] = 7, want 0 to 2":                                                        coo3.with(i4("row", 0, 7)),
		"g.npz: col[0] = -1, want 0 to 2":                                                       coo3.with(i4("col", -1, 1)),
		"g.npz: row, col and data have 3, 2 and 2 values, want as many of each":                 coo3.with(i4("row", 0, 1, 2)),
		"g.npz: shape = (1000001, 1000001), want at most 1000000 for the 2 entries in the file": coo3.with(i8("shape", 1000001, 1000001)),
		"g.npz: adj_shape = (3, 4), want a square matrix":                                       coo3.with(i8("shape", 3, 4)),
		"g.npz: adj has shape (2, 3), want a square matrix":                                     {raw{"adj", "<f8", []int{2, 3}, make([]float64, 6)}},
		"g.npz: adj has shape (4), want 2 dimension(s)":                                         {f8("adj", 1, 2, 3, 4)},
		"g.npz: adj[0,1] = -1, want a finite number of at least 0":                              {raw{"adj", "<f8", []int{2, 2}, []float64{0, -1, 0, 0}}},
		"g.npz: a graph of 0 nodes":                                                             {raw{"adj", "<f8", []int{0, 0}, []float64{}}},
	} {
		_, err := n.read(t)
		assert.EqualError(t, err, want)
	}
	_, err := Read(besideFile(t, "a.zip", zipOf(t, "edges.csv", "a,b\n")))
	assert.ErrorContains(t, err, `a zip archive that holds "edges.csv", want an npz file or a graph file that is not in an archive`)
	_, err = Read(besideFile(t, "a.xlsx", zipOf(t, "[Content_Types].xml", "")))
	assert.ErrorContains(t, err, "an Excel workbook, want a graph file: save the sheet of edges as CSV")
}

func zipOf(t testing.TB, name, content string) []byte {
	var b writerBuffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	require.NoError(t, err)
	_, err = w.Write([]byte(content))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b
}

type writerBuffer []byte

func (b *writerBuffer) Write(p []byte) (int, error) { *b = append(*b, p...); return len(p), nil }
