package kernels

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMoments compares each function with a loop over the elements, bit by bit,
// with every instruction set, for widths around the vectors' and rows that are
// further apart than they are wide.
func TestMoments(t *testing.T) { eachType(t, testMoments[float32], testMoments[float64]) }

func testMoments[T Float](t *testing.T) {
	for _, n := range []int{1, 3, 4, 7, 8, 9, 15, 16, 20, 33, 64, 71, 130} {
		for _, rows := range []int{0, 1, 2, 37} {
			ld := n + rows%3
			x, y := random[T](rows*ld+n, 1), random[T](rows*ld+n, 2)
			mean, along, inv := wideOf(random[T](n, 3)), wideOf(random[T](n, 4)), wideOf(random[T](n, 5))
			sum, squares, products := make([]float64, n), make([]float64, n), make([]float64, n)
			out, grad := make([]T, len(x)), make([]T, len(x))
			for i := range rows {
				for j := range n {
					at := i*ld + j
					v, w := float64(x[at]), float64(y[at])
					d := v - mean[j]
					sum[j] += v
					squares[j] += d * d
					products[j] += v * w
					out[at] = T(d * inv[j])
					grad[at] = T((d - w*along[j]) * inv[j])
				}
			}
			eachLevel(func() {
				a, b, c := make([]float64, n), make([]float64, n), make([]float64, n)
				ColSums(a, x, ld, rows)
				ColSquares(b, mean, x, ld, rows)
				exactly(t, "sums", sum, a)
				exactly(t, "squares", squares, b)
				a = make([]float64, n)
				ColProducts(a, c, x, y, ld, rows)
				exactly(t, "sums beside products", sum, a)
				exactly(t, "products", products, c)
				o, g := make([]T, len(x)), make([]T, len(x))
				Standardize(o, x, mean, inv, ld, rows)
				StandardizeGrad(g, x, y, mean, along, inv, ld, rows)
				exactly(t, "standardized", out, o)
				exactly(t, "gradient", grad, g)
			})
		}
	}
}

func wideOf[T Float](x []T) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = float64(v)
	}
	return out
}

// exactly compares to the bit on amd64; elsewhere a compiler may fuse a product
// and a sum.
func exactly[T Float](t *testing.T, name string, want, got []T) {
	t.Helper()
	require.Len(t, got, len(want))
	for i, v := range want {
		assert.InDelta(t, float64(v), float64(got[i]), 1e-6*math.Abs(float64(v))+1e-6, name)
		if level > plain {
			require.Equal(t, math.Float64bits(float64(v)), math.Float64bits(float64(got[i])), "%s, element %d, level %d", name, i, level)
		}
	}
}
