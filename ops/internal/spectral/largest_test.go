package spectral

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Nodes without a degree have u = 0 and are kept, in a graph without edges as
// beside an edge.
func TestSideOfNodesWithoutDegree(t *testing.T) {
	for n := 1; n <= 20; n++ {
		none := &kernels.CSR{Rows: n, Cols: n, Ptr: make([]int32, n+1)}
		all := make([]int, n)
		for i := range all {
			all[i] = i
		}
		out, err := Side(none, nil, make([]int, n))
		require.NoError(t, err)
		assert.Equal(t, all, out, "no edges")

		loops := &kernels.CSR{Rows: n, Cols: n, Ptr: make([]int32, n+1)}
		for i := range n {
			loops.Col, loops.Ptr[i+1] = append(loops.Col, int32(i)), int32(i+1)
		}
		out, err = Side(loops, nil, make([]int, n))
		require.NoError(t, err)
		assert.Equal(t, all, out, "self loops alone")
	}

	// 0–1 in one segment beside 2 and 3; 4, 5 and 6 in another.
	m := &kernels.CSR{Rows: 7, Cols: 7, Ptr: []int32{0, 1, 2, 2, 2, 2, 2, 2}, Col: []int32{1, 0}}
	out, err := Side(m, nil, []int{0, 0, 0, 0, 1, 1, 1})
	require.NoError(t, err)
	assert.Equal(t, []int{0, -1, 2, 3, 4, 5, 6}, out)
	// An edge of weight 0, and one below 0: D^-½ is 0.
	for _, w := range []float64{0, -1} {
		out, err = Side(m, []float64{w, w}, []int{0, 0, 0, 0, 1, 1, 1})
		require.NoError(t, err)
		assert.Equal(t, []int{0, 1, 2, 3, 4, 5, 6}, out, "weight %v", w)
	}
}
