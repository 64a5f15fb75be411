package kernels

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// A packed right factor gives the bits of the factor as it is, also over more
// rows than a product goes through at a time, and where it adds.
func TestPackedRight(t *testing.T) {
	eachType(t, testPackedRight[float32], testPackedRight[float64])
}

func testPackedRight[T Float](t *testing.T) {
	const m = 20
	sizes(t, [][3]int{{m, 0, 40}, {m, 5, 16}, {m, 64, 65}, {m, 128, 64}, {m, depth + 6, 130}}, func(t *testing.T, m, k, n int) {
		a, b, bias := random[T](m*k, 1), random[T](k*n, 2), random[T](n, 3)
		eachLevel(func() {
			r := rightOf(b, k, n, packRows)
			defer r.release()
			assert.Equal(t, level > plain && r.panels() > 1, r.packed != nil)
			want, got := random[T](m*n, 4), random[T](m*n, 4)
			mulRows(want, a, right[T]{b: b, k: k, n: n}, bias, m)
			mulRows(got, a, r, bias, m)
			assert.Equal(t, want, got)
			addMulRows(want, a, right[T]{b: b, k: k, n: n}, m)
			addMulRows(got, a, r, m)
			assert.Equal(t, want, got)
		})
	})
}
