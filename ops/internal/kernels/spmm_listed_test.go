package kernels

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestListed compares, bit by bit, products by lists with those in the order of
// the rows, on any number of threads.
func TestListed(t *testing.T) { eachType(t, testListed[float32], testListed[float64]) }

func testListed[T Float](t *testing.T) {
	for _, s := range [][3]int{{1500, 60, 60}, {700, 130, 90}, {40, 9, 300}} {
		c := ascendingCSR(s[0], s[1], s[2], 5)
		l := c.makeLists(nearRows / (s[1]/3 + 1))
		require.GreaterOrEqual(t, l.blocks, 2)
		for _, vals := range [][]T{nil, random[T](c.NNZ(), 6)} {
			for _, n := range columns {
				x, b := random[T](c.Cols*n, 8), random[T](n, 9)
				for _, form := range []struct {
					bias []T
					act  Act
				}{{nil, Identity}, {b, Identity}, {b, ReLU}} {
					turns := 0
					same(t, "SpMMActivate", c.Rows*n, func(out []T) {
						c.lists.Store(&listed{})
						if turns++; turns > 1 {
							c.lists.Store(l)
						}
						SpMMActivate(out, c, vals, x, form.bias, form.act, n)
					})
				}
			}
		}
	}
}

// The products of either order have the same bits on any number of threads.
func TestSparseFeaturesOnThreads(t *testing.T) {
	c := ascendingCSR(4000, 300, 90, 5)
	x, g, vals := random[float32](300*64, 1), random[float32](4000*64, 2), random[float32](c.NNZ(), 3)
	eachLevel(func() {
		c.lists, c.turned = order[listed]{}, order[turned]{}
		var first []float32
		for _, threads := range []int{1, 2, 4} {
			withThreads(threads, func() {
				out := make([]float32, (4000+300)*64)
				for range turnAfter {
					SpMM(out[:4000*64], c, vals, x, 64)
					SpMMT(out[4000*64:], c, vals, g, 64)
				}
				if first == nil {
					first = out
				}
				assert.Equal(t, -1, otherBits(first, seen(out)), threads)
			})
		}
		if level > plain {
			assert.Equal(t, 3, c.lists.Load().blocks)
			assert.NotEmpty(t, c.turned.Load().bounds)
		}
	})
}

// ascendingCSR is a matrix of rows with up to twice so many entries, in the
// order of their columns; some rows and columns have none, some rows all.
func ascendingCSR(rows, cols, per int, seed uint64) *CSR {
	ptr, col := make([]int32, 1), []int32(nil)
	for r, n := range randomInts(rows, 0, 2*per+1, seed) {
		if r%17 == 3 {
			n = 0
		}
		row := randomInts(n, 0, cols-1, seed+uint64(r))
		if r%29 == 5 {
			row = randomInts(8*cols, 0, cols, seed+uint64(r))
		}
		slices.Sort(row)
		for _, j := range row {
			col = append(col, int32(j))
		}
		ptr = append(ptr, int32(len(col)))
	}
	return NewCSR(rows, cols, ptr, col)
}

// The lists are made when the matrix has been used some times, unless its rows
// have too few entries in a block for that, or do not ascend.
func TestListedWhereItPays(t *testing.T) {
	eachLevel(func() {
		const n = 1 << 8
		full, few := ascendingCSR(300, 90, 50, 5), ascendingCSR(300, 90, 8, 5)
		mixed := NewCSR(full.Rows, full.Cols, full.Ptr, slices.Clone(full.Col))
		slices.Reverse(mixed.Col[mixed.Ptr[1]:mixed.Ptr[2]])
		out, x := make([]float32, 300*n), make([]float32, 90*n)
		for i := range turnAfter {
			assert.Nil(t, full.lists.Load(), i)
			for _, c := range []*CSR{full, few, mixed} {
				SpMM(out, c, nil, x, n)
			}
		}
		if level == plain {
			assert.Nil(t, full.lists.Load())
			return
		}
		assert.Positive(t, full.lists.Load().blocks)
		assert.Zero(t, few.lists.Load().blocks)
		assert.Zero(t, mixed.lists.Load().blocks)
	})
}

// A dense factor that the first cache holds needs no lists, and a row of more
// entries than 16 bits number gets none.
func TestListedBounds(t *testing.T) {
	c := ascendingCSR(300, 90, 50, 5)
	assert.Zero(t, c.makeLists(nearRows/90).blocks)
	const long = 1<<16 + 5
	c = NewCSR(2, 3, []int32{0, 5, long}, make([]int32, long))
	assert.Zero(t, c.makeLists(nearRows).blocks)
}
