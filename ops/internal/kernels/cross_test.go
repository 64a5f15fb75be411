package kernels

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestCross(t *testing.T) { eachType(t, testCross[float32], testCross[float64]) }

// testCross has whole numbers, whose sums are exact in any order: rows around
// crossDepth, tiles and panels of every width, with and without rows that
// follow, set or added.
func testCross[T Float](t *testing.T) {
	const after = 70
	for _, m := range []int{0, 1, 63, 64, 65, 130} {
		for _, k := range []int{0, 1, 6, 13, 29, 70} {
			for _, n := range columns {
				a, b := wholes[T]((m+after)*k), wholes[T]((m+after)*n)
				product := naiveMul(a[:m*k], b[:m*n], k, m, n, 1, k, n, 1)
				for _, more := range []int{0, after} {
					for _, onto := range []bool{false, true} {
						eachLevel(func() {
							out := wholes[T](k*n + 1)
							want := widen(out)
							for i, v := range product {
								if !onto {
									want[i] = 0
								}
								want[i] += v
							}
							cross(out, a[:(m+more)*k], b[:(m+more)*n], m, k, n, onto, [2][]T{a, b})
							if i := farFrom(want, seen(out), 0); i >= 0 {
								assert.Fail(t, "wrong sum", "out[%d] = %v, want %v: %d×%d×%d, %d more, onto %v, level %d", i, out[i], want[i], m, k, n, more, onto, level)
							}
						})
					}
				}
			}
		}
	}
}

// wholes is n whole numbers from −3 to 3.
func wholes[T Float](n int) []T {
	x := make([]T, n)
	for i := range x {
		x[i] = T(i*5%7 - 3)
	}
	return x
}

// The way that a product of few left columns is made does not show: the bits are
// those of the other way.
func TestMatMulTNEitherWay(t *testing.T) {
	for _, s := range [][3]int{{1500, 16, 64}, {700, 3, 40}, {90, 8, 130}} {
		m, k, n := s[0], s[1], s[2]
		a, b := random[float32](m*k, 1), random[float32](m*n, 2)
		eachLevel(func() {
			out, other := make([]float32, k*n), make([]float32, k*n)
			MatMulTN(out, a, b, m, k, n)
			sumOverRows(other, m, k*n/8+k+n, func(sum []float32, lo, hi int) {
				cross(sum, a[lo*k:hi*k], b[lo*n:hi*n], hi-lo, k, n, false, [2][]float32{})
			})
			assert.Equal(t, other, out, "%v, level %d", s, level)
		})
	}
}
