package kernels

import (
	"slices"
	"testing"
)

func TestLinearGrad(t *testing.T) { eachType(t, testLinearGrad[float32], testLinearGrad[float64]) }

func testLinearGrad[T Float](t *testing.T) {
	sizes(t, [][3]int{{0, 3, 4}, {1, 1, 1}, {5, 0, 3}, {70, 3, 5}, {200, 17, 16}, {3000, 20, 9}, {700, 9, 65}}, func(t *testing.T, m, k, n int) {
		const p, q = 5, 3
		x, more, y := random[T](m*k, 1), random[T](m*q, 5), random[T](m*n, 2)
		u, v := random[T](m*p, 3), random[T](n*p, 4)
		g := make([]T, m*n)
		MatMulNT(g, u, v, m, p, n)
		for _, a := range []Act{Identity, ReLU, SELU, ELU, Tanh, Sigmoid} {
			z := make([]T, m*n)
			ActGrad(z, y, g, a)
			first, second := naiveMul(x, z, k, m, n, 1, k, n, 1), naiveMul(more, z, q, m, n, 1, q, n, 1)
			var sums []float64
			for j := range n {
				var sum float64
				for i := range m {
					sum += float64(z[i*n+j])
				}
				sums = append(sums, sum)
			}
			l := LinearGrad[T]{X: []Left[T]{{x, k}}, Y: y, G: g, Act: a, M: m, N: n}
			checkTol(t, slices.Concat(first, sums), 100*tolerance[T](), l.Set)
			l.G, l.V, l.P = u, v, p
			checkTol(t, slices.Concat(first, sums), 100*tolerance[T](), l.Set)
			l.X = append(l.X, Left[T]{more, q})
			checkTol(t, slices.Concat(first, second, sums), 100*tolerance[T](), l.Set)
		}
	})
}
