package graphfile

import (
	"testing"

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
