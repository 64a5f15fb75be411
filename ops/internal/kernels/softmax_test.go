package kernels

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestRowSoftmax(t *testing.T) { eachType(t, testRowSoftmax[float32], testRowSoftmax[float64]) }

func testRowSoftmax[T Float](t *testing.T) {
	for _, invTemp := range []T{1, 4, 0.1} {
		sizes(t, [][3]int{{0, 3}, {3, 0}, {1, 1}, {5, 3}, {300, 8}, {9000, 16}, {600, 17}, {500, 31}, {500, 40}, {200, 43}, {300, 48}, {200, 56}, {300, 64}, {70, 130}},
			func(t *testing.T, rows, n, _ int) {
				x, g := random[T](rows*n, 1), random[T](rows*n, 2)
				for i := range x {
					x[i] = x[i]*3 - 300
				}
				want, grad := make([]float64, rows*n), make([]float64, rows*n)
				for i := range rows {
					naiveSoftmax(want[i*n:i*n+n], grad[i*n:i*n+n], widen(x[i*n:i*n+n]), widen(g[i*n:i*n+n]), float64(invTemp))
				}
				checkTol(t, want, 10*tolerance[T](), func(out []T) { RowSoftmax(out, x, rows, n, invTemp) })
				y := make([]T, rows*n)
				RowSoftmax(y, x, rows, n, invTemp)
				checkTol(t, grad, 40*tolerance[T](), func(out []T) { RowSoftmaxGrad(out, y, g, rows, n, invTemp) })
			})
	}
}

// naiveSoftmax writes the softmax of one row and its gradient for g.
//
//go:norace
func naiveSoftmax(y, grad, x, g []float64, invTemp float64) {
	top, sum, inner := math.Inf(-1), 0.0, 0.0
	for _, v := range x {
		top = max(top, v*invTemp)
	}
	for j, v := range x {
		y[j] = math.Exp(v*invTemp - top)
		sum += y[j]
	}
	for j := range y {
		y[j] /= sum
		inner += y[j] * g[j]
	}
	for j := range y {
		grad[j] = invTemp * y[j] * (g[j] - inner)
	}
}

func TestRowSoftmaxFlushes(t *testing.T) {
	for _, n := range []int{4, 16, 37} {
		x, out := make([]float32, n), make([]float32, n)
		for j := range x {
			x[j] = -float32(j) * 13
		}
		RowSoftmax(out, x, 1, n, 1)
		sum := 0.0
		for j, v := range out {
			sum += float64(v)
			if j > 3 {
				assert.Zero(t, v)
			} else {
				assert.Positive(t, v)
			}
		}
		assert.InDelta(t, 1, sum, 1e-6)
	}
}
