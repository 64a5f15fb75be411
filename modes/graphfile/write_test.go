package graphfile

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func sample() *Graph {
	return &Graph{
		Nodes: 3, RowPtr: []int32{0, 1, 3, 4}, Col: []int32{1, 0, 2, 1}, Weights: []float32{0.5, 0.5, 2, 2},
		Labels: []int{4, Unlabeled, 0}, Names: []string{"Zoë", "b", ""},
		Features: &Features{Rows: 3, Cols: 2, Dense: []float32{1, -2, 3, 0, 5, 6}},
	}
}

func TestWriteNPZReadsBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "g.npz")
	sparse := sample()
	sparse.Weights, sparse.Names, sparse.Labels = nil, nil, []int{1, 2, 3}
	sparse.Features = &Features{Rows: 3, Cols: 4, RowPtr: []int32{0, 1, 1, 2}, Col: []int32{3, 0}, Values: []float32{7, -8}}
	ones := sample()
	ones.Weights, ones.Names, ones.Labels = nil, nil, []int{1, 2, 3}
	ones.Features = &Features{Rows: 3, Cols: 4, RowPtr: []int32{0, 1, 1, 2}, Col: []int32{3, 0}}
	bare := &Graph{Nodes: 2, RowPtr: []int32{0, 0, 0}, Col: []int32{}}
	for _, g := range []*Graph{sample(), sparse, ones, bare} {
		require.NoError(t, WriteNPZ(path, g))
		got, err := Read(path)
		require.NoError(t, err)
		assert.Equal(t, []string{"npz", "content"}, []string{got.Format, got.Recognised})
		got.Format, got.Recognised = "", ""
		assert.Equal(t, g, got)
	}
}

func TestWriteNPZSameBytes(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a.npz"), filepath.Join(dir, "b.npz")
	require.NoError(t, WriteNPZ(a, sample()))
	require.NoError(t, WriteNPZ(b, sample()))
	x, err := os.ReadFile(a)
	require.NoError(t, err)
	y, err := os.ReadFile(b)
	require.NoError(t, err)
	assert.Equal(t, x, y)
}

func TestWriteNPZLeavesNothingHalfWritten(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "g.npz")
	require.NoError(t, os.WriteFile(path, []byte("before"), 0o600))
	bad := sample()
	bad.Labels = bad.Labels[:2]
	require.EqualError(t, WriteNPZ(path, bad), "graphfile: Labels has 2 values, want one a node (3)")
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "before", string(b))

	taken := filepath.Join(dir, "folder")
	require.NoError(t, os.Mkdir(taken, 0o755))
	assert.ErrorContains(t, WriteNPZ(taken, sample()), taken+": ")
	assert.EqualError(t, WriteNPZ(filepath.Join(dir, "no", "g.npz"), sample()), filepath.Join(dir, "no", "g.npz")+": no such file or directory")
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, left, 2, "the temporary file is gone")
}

func TestWriteNPZErrors(t *testing.T) {
	path := filepath.Join(t.TempDir(), "g.npz")
	for want, spoil := range map[string]func(*Graph){
		"Nodes = 0, want at least 1":                               func(g *Graph) { g.Nodes = 0 },
		"RowPtr has 3 values, want 4":                              func(g *Graph) { g.RowPtr = g.RowPtr[:3] },
		"RowPtr[2] = 0, want numbers that rise from 0":             func(g *Graph) { g.RowPtr[2] = 0 },
		"RowPtr[3] = 4, want the length of Col (3)":                func(g *Graph) { g.Col = g.Col[:3] },
		"Col[1] = 3, want 0 to 2":                                  func(g *Graph) { g.Col[1] = 3 },
		"Weights has 1 values, want as many as Col (4)":            func(g *Graph) { g.Weights = g.Weights[:1] },
		"Weights[3] = NaN, want a finite number of at least 0":     func(g *Graph) { g.Weights[3] = float32(math.NaN()) },
		"Labels[0] = -2, want at least -1 (-1: none)":              func(g *Graph) { g.Labels[0] = -2 },
		"Names has 1 values, want one a node (3)":                  func(g *Graph) { g.Names = g.Names[:1] },
		"Features.Rows = 2, want one a node (3)":                   func(g *Graph) { g.Features.Rows = 2 },
		"Features.Cols = 0, want at least 1":                       func(g *Graph) { g.Features.Cols = 0 },
		"Features.Dense has 5 values, want Rows*Cols = 6":          func(g *Graph) { g.Features.Dense = g.Features.Dense[:5] },
		"Features has Dense and compressed rows, want one of them": func(g *Graph) { g.Features.RowPtr = []int32{0} },
		"Features.RowPtr has 0 values, want 4":                     func(g *Graph) { g.Features.Dense = nil },
		"Features.Values has 1 values, want as many as Col (0)":    func(g *Graph) { g.Features = &Features{Rows: 3, Cols: 1, Values: []float32{1}} },
		"Features.Col[0] = 1, want 0 to 0": func(g *Graph) {
			g.Features = &Features{Rows: 3, Cols: 1, RowPtr: []int32{0, 1, 1, 1}, Col: []int32{1}, Values: []float32{1}}
		},
	} {
		g := sample()
		spoil(g)
		assert.EqualError(t, WriteNPZ(path, g), "graphfile: "+want)
	}
	assert.NoFileExists(t, path)
}
