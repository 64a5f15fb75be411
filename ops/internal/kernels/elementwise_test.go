package kernels

import "testing"

func TestElementwise(t *testing.T) { eachType(t, testElementwise[float32], testElementwise[float64]) }

func testElementwise[T Float](t *testing.T) {
	sizes(t, [][3]int{{0, 3}, {3, 0}, {1, 1}, {5, 3}, {17, 31}, {700, 64}, {3001, 16}, {20000, 1}, {1, 20000}, {90, 333}},
		func(t *testing.T, rows, n, _ int) {
			a, b := random[T](rows*n, 1), random[T](rows*n, 2)
			w, v := random[T](rows, 3), random[T](n, 4)
			byRow, byCol := make([]float64, rows*n), make([]float64, rows*n)
			dots, turned := make([]float64, rows), make([]float64, rows*n)
			for i := range rows {
				for j := range n {
					at := i*n + j
					byRow[at] = float64(w[i]) * float64(a[at])
					byCol[at] = float64(v[j]) * float64(a[at])
					dots[i] += float64(a[at]) * float64(b[at])
					turned[j*rows+i] = float64(a[at])
				}
			}
			check(t, byRow, func(out []T) { RowScale(out, a, w, rows, n) })
			check(t, byCol, func(out []T) { ColScale(out, a, v, rows, n) })
			checkTol(t, dots, 20*tolerance[T](), func(out []T) { RowDot(out, a, b, rows, n) })
			check(t, turned, func(out []T) { Transpose(out, a, rows, n) })
		})
}
