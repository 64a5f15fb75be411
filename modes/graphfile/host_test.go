package graphfile

import (
	"slices"
	"testing"

	"github.com/graphpool/graphpool/modes"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHost(t *testing.T) {
	g := &Graph{
		Nodes: 3, RowPtr: []int32{0, 1, 3, 4}, Col: []int32{1, 0, 2, 1}, Weights: []float32{2, 2, .5, .5},
		Features: &Features{Rows: 3, Cols: 2, RowPtr: []int32{0, 1, 1, 2}, Col: []int32{1, 0}, Values: []float32{4, 5}},
	}
	h, err := g.Host()
	require.NoError(t, err)
	require.NoError(t, h.Check())
	assert.Equal(t, 3, h.Nodes)
	assert.Equal(t, g.Col, h.Pattern.Col())
	assert.Equal(t, []float64{2, 2, .5, .5}, h.Weights)
	assert.Equal(t, []float64{4, 5}, h.SparseX.Values)
	assert.Equal(t, 2, h.SparseX.Pattern.Cols())

	g.Weights, g.Features = nil, &Features{Rows: 3, Cols: 1, Dense: []float32{1, 2, 3}}
	h, err = g.Host()
	require.NoError(t, err)
	assert.Nil(t, h.Weights)
	assert.Equal(t, []float32{1, 2, 3}, h.X.Data())

	g.Features = nil
	h, err = g.Host()
	require.NoError(t, err)
	assert.Nil(t, h.X)
	assert.Nil(t, h.SparseX)

	g.Col[0] = 3
	_, err = g.Host()
	assert.ErrorContains(t, err, "column of entry 0 is 3, want 0 to 2")
}

// Parallel entries add up in lists, in matrices and in modes.FromCOO alike.
func TestParallelEntriesAddUpAlike(t *testing.T) {
	for _, c := range []struct {
		list    string
		weights []float64
	}{
		{"0 1 1\n0 1 1\n1 2 1\n", []float64{1, 1, 1}},
		{"0 1 2\n0 1 3\n1 2 1.5\n", []float64{2, 3, 1.5}},
		{"0 1\n0 1\n1 2\n", nil},
	} {
		g := mustList(t, c.list)
		row, col, w := []int{0, 0, 1}, []int{1, 1, 2}, c.weights
		if w != nil {
			w = slices.Concat(w, w)
		}
		want, err := modes.FromCOO(3, slices.Concat(row, col), slices.Concat(col, row), w)
		require.NoError(t, err)
		h, err := g.Host()
		require.NoError(t, err)
		assert.Equal(t, want.Pattern.Col(), h.Pattern.Col())
		assert.Equal(t, want.Weights, h.Weights)
		if c.weights == nil {
			continue
		}
		n := npz{i4("row", 0, 0, 1), i4("col", 1, 1, 2), scipyFormat("coo"), i8("shape", 3, 3), f8("data", c.weights...)}
		assert.Equal(t, g.Weights, n.mustRead(t).Weights)
	}
}
