package kernels

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCSRTranspose(t *testing.T) {
	sizes(t, [][3]int{{0, 0, 0}, {3, 0, 0}, {0, 3, 0}, {1, 1, 1}, {30, 20, 3}, {3000, 50, 9}}, func(t *testing.T, rows, cols, per int) {
		c := randomCSR(rows, cols, per, 5)
		tr, perm := c.Transpose()
		require.Len(t, perm, c.NNZ())
		require.Equal(t, c.Cols, tr.Rows)
		require.Equal(t, c.Rows, tr.Cols)
		rowOf := make([]int32, c.NNZ())
		for r := range c.Rows {
			for e := c.Ptr[r]; e < c.Ptr[r+1]; e++ {
				rowOf[e] = int32(r)
			}
		}
		seen := make([]bool, c.NNZ())
		for r := range tr.Rows {
			for e := tr.Ptr[r]; e < tr.Ptr[r+1]; e++ {
				require.EqualValues(t, r, c.Col[perm[e]])
				require.Equal(t, rowOf[perm[e]], tr.Col[e])
				require.False(t, seen[perm[e]])
				seen[perm[e]] = true
				if e > tr.Ptr[r] {
					require.LessOrEqual(t, tr.Col[e-1], tr.Col[e])
				}
			}
		}
	})
}

func TestCSRSymmetric(t *testing.T) {
	path := NewCSR(3, 3, []int32{0, 1, 3, 4}, []int32{1, 2, 0, 1}) // row 1 not sorted
	assert.True(t, path.Symmetric())
	assert.False(t, NewCSR(3, 3, []int32{0, 1, 3, 3}, []int32{1, 2, 0}).Symmetric())
	assert.False(t, NewCSR(2, 3, []int32{0, 0, 0}, nil).Symmetric())
	assert.True(t, NewCSR(0, 0, []int32{0}, nil).Symmetric())
	assert.False(t, NewCSR(2, 2, []int32{0, 2, 3}, []int32{1, 1, 0}).Symmetric(), "an entry twice on one side")
}

func TestCSRParts(t *testing.T) {
	c := randomCSR(9000, 100, 11, 3)
	require.Greater(t, len(c.parts), 8)
	assert.EqualValues(t, 0, c.parts[0])
	assert.EqualValues(t, 9000, c.parts[len(c.parts)-1])
	for b := 1; b < len(c.parts); b++ {
		require.Less(t, c.parts[b-1], c.parts[b])
	}
}
