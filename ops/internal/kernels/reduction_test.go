package kernels

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAskedAhead holds that how early rows by index are asked for changes no bit:
// the rows of a small matrix, spread over ever larger ones, give the same.
func TestAskedAhead(t *testing.T) { eachType(t, testAskedAhead[float32], testAskedAhead[float64]) }

func testAskedAhead[T Float](t *testing.T) {
	const rows, cols, per, segs = 40, 60, 5, 9
	c := randomCSR(rows, cols, per, 1)
	vals, ids := random[T](c.NNZ(), 2), randomInts(cols, -1, segs, 3)
	for _, n := range []int{1, 16, 20, 61, 64} {
		x, a := random[T](cols*n, 4), random[T](rows*n, 5)
		results := func(c *CSR, x []T, ids []int) [][]T {
			p := NewPlan(ids, segs)
			out := make([][]T, 6)
			for i, size := range []int{rows * n, rows * n, c.NNZ(), segs * n, segs * n, segs * n} {
				out[i] = nans[T](size)[:size]
			}
			SpMM(out[0], c, nil, x, n)
			SpMM(out[1], c, vals, x, n)
			EdgeDot(out[2], c, a, x, n)
			SegmentSum(out[3], x, p, n)
			SegmentMean(out[4], x, p, n)
			SegmentMax(out[5], x, p, n)
			return out
		}
		for _, bytes := range []int{secondCache, farBytes, thirdCache} {
			t.Run(fmt.Sprintf("n=%d/%d", n, bytes), func(t *testing.T) {
				apart := bytes/(cols*n*sizeOf[T]()) + 1
				spread, places, far := make([]T, apart*len(x)), make([]int32, c.NNZ()), make([]int, apart*cols)
				for i := range far {
					far[i] = -1
				}
				for i, s := range ids {
					copy(spread[i*apart*n:], x[i*n:i*n+n])
					far[i*apart] = s
				}
				for e, j := range c.Col {
					places[e] = j * int32(apart)
				}
				large := NewCSR(rows, cols*apart, c.Ptr, places)
				eachLevel(func() {
					want := results(c, x, ids)
					for i, got := range results(large, spread, far) {
						require.Equal(t, -1, otherBits(want[i], seen(got)), "result %d, level %d", i, level)
					}
				})
			})
		}
	}
}
