package modes

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFromCOOSortsAndMerges(t *testing.T) {
	row, col := []int{2, 0, 2, 0, 2}, []int{1, 2, 0, 1, 1}
	h := need[*Host](t)(FromCOO(3, row, col, []float64{5, 2, 4, 1, 0.5}))
	assert.Equal(t, []int32{0, 2, 2, 4}, h.Pattern.Ptr())
	assert.Equal(t, []int32{1, 2, 0, 1}, h.Pattern.Col())
	assert.Equal(t, []float64{1, 2, 4, 5.5}, h.Weights)

	h = need[*Host](t)(FromCOO(3, row, col, nil))
	assert.Equal(t, []int32{1, 2, 0, 1}, h.Pattern.Col())
	assert.Nil(t, h.Weights, "an edge named twice is one edge")
	r, c, w := h.COO()
	assert.Equal(t, []int{0, 0, 2, 2}, r)
	assert.Equal(t, []int{1, 2, 0, 1}, c)
	assert.Equal(t, []float64{1, 1, 1, 1}, w)

	h = need[*Host](t)(FromCOO(0, nil, nil, nil))
	assert.Equal(t, &Host{}, h)
	h = need[*Host](t)(FromCOO(2, nil, nil, nil))
	assert.Equal(t, 0, h.Pattern.NNZ())
	r, _, _ = h.COO()
	assert.Empty(t, r)
}

func TestCOOOfADenseGraph(t *testing.T) {
	r, c, w := (&Host{Nodes: 2, DenseA: f64(2, 2, 0, 3, -1, 0)}).COO()
	assert.Equal(t, []int{0, 1}, r)
	assert.Equal(t, []int{1, 0}, c)
	assert.Equal(t, []float64{3, -1}, w)
}

func TestFromCOORefuses(t *testing.T) {
	for _, c := range []struct {
		nodes    int
		row, col []int
		w        []float64
		want     string
	}{
		{-1, nil, nil, nil, "nodes = -1, want at least 0"},
		{0, []int{0}, []int{0}, nil, "ops: pattern: 0×0 with 1 entries"},
		{2, []int{0}, []int{0, 1}, nil, "1 row and 2 column indices with 0 values, want as many of each"},
		{2, []int{0}, []int{1}, []float64{1, 2}, "1 row and 1 column indices with 2 values, want as many of each"},
		{2, []int{0}, []int{2}, nil, "entry 0 is (2, 0), want below (2, 2)"},
		{2, []int{-1}, []int{0}, nil, "want below (2, 2)"},
		{2, []int{0}, []int{1}, []float64{math.NaN()}, "adjacency: value 0 is NaN, want a finite number"},
		{2, []int{0, 0}, []int{1, 1}, []float64{math.MaxFloat64, math.MaxFloat64}, "adjacency: value 0 is +Inf"},
	} {
		_, err := FromCOO(c.nodes, c.row, c.col, c.w)
		require.Error(t, err)
		assert.Contains(t, err.Error(), "modes: ")
		assert.Contains(t, err.Error(), c.want)
	}
}
