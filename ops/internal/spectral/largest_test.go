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

// max(A, Aᵀ) takes the 0 that is not stored as a value, and gives no entries of 0.
func TestUndirected(t *testing.T) {
	for _, c := range []struct {
		name string
		a    [3][3]float64
		want []map[int32]float64
	}{
		{"below 0, one way", [3][3]float64{{0, -1, 0}, {0, 0, 2}, {0, 0, 0}}, []map[int32]float64{{}, {2: 2}, {1: 2}}},
		{"below 0, the other way", [3][3]float64{{0, 0, 0}, {-1, 0, 0}, {-3, 0, 0}}, []map[int32]float64{{}, {}, {}}},
		{"below 0, both ways", [3][3]float64{{0, -1, 0}, {-2, 0, 0}, {0, 0, 5}}, []map[int32]float64{{1: -1}, {0: -1}, {}}},
		{"both signs", [3][3]float64{{0, -1, 2}, {3, 0, 0}, {-4, 0, 0}}, []map[int32]float64{{1: 3, 2: 2}, {0: 3}, {0: 2}}},
	} {
		for _, zeros := range []bool{false, true} { // stored
			m, w := &kernels.CSR{Rows: 3, Cols: 3, Ptr: []int32{0}}, []float64(nil)
			for i := range 3 {
				for j := range 3 {
					if v := c.a[i][j]; v != 0 || zeros {
						m.Col, w = append(m.Col, int32(j)), append(w, v)
					}
				}
				m.Ptr = append(m.Ptr, int32(len(m.Col)))
			}
			assert.Equal(t, c.want, undirected(m, w, make([]int, 3)), "%s, zeros stored: %v", c.name, zeros)
		}
	}
}
