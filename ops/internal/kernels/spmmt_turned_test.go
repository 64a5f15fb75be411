package kernels

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTurned compares, bit by bit, products with the transpose by turned entries
// with those in the order of the rows.
func TestTurned(t *testing.T) { eachType(t, testTurned[float32], testTurned[float64]) }

func testTurned[T Float](t *testing.T) {
	for _, s := range [][3]int{{3000, 60, 9}, {900, 130, 40}, {5000, 7, 3}, {400, 1, 40}, {3000, 300, 60}} {
		c := randomCSR(s[0], s[1], s[2], 5)
		acc := c.accumulators()
		require.Greater(t, acc, 1)
		ordered := c.turn(acc, 512)
		require.NotEmpty(t, ordered.bounds)
		for _, vals := range [][]T{nil, random[T](c.NNZ(), 6)} {
			for _, n := range columns {
				g := random[T](c.Rows*n, 8)
				turns := 0
				same(t, "SpMMT", c.Cols*n, func(out []T) {
					c.turned.Store(&turned{})
					if turns++; turns > 1 {
						c.turned.Store(ordered)
					}
					SpMMT(out, c, vals, g, n)
				})
			}
		}
	}
}

// The entries are turned when the matrix has been used some times, unless its
// columns have too few for that.
func TestTurnedWhereItPays(t *testing.T) {
	eachLevel(func() {
		few, many := randomCSR(3000, 20000, 9, 5), randomCSR(3000, 60, 9, 5)
		g, out := make([]float32, 3000), make([]float32, 20000)
		for i := range turnAfter {
			assert.Nil(t, many.turned.Load(), i)
			SpMMT(out, few, nil, g, 1)
			SpMMT(out, many, nil, g, 1)
		}
		if level == plain {
			assert.Nil(t, many.turned.Load())
			return
		}
		assert.NotEmpty(t, many.turned.Load().bounds)
		assert.Empty(t, few.turned.Load().bounds)
	})
}

// Rows of more entries than 16 bits number are left as they are.
func TestTurnedLongRows(t *testing.T) {
	const long = 1<<16 - 1 + 5
	c := NewCSR(2, 3, []int32{0, 5, long}, make([]int32, long))
	assert.NotEmpty(t, c.turn(2, 64).bounds)
	c = NewCSR(2, 3, []int32{0, 5, long + 6}, make([]int32, long+6))
	assert.Empty(t, c.turn(2, 64).bounds)
}
