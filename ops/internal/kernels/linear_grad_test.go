package kernels

import "testing"

func TestLinearGrad(t *testing.T) { eachType(t, testLinearGrad[float32], testLinearGrad[float64]) }

func testLinearGrad[T Float](t *testing.T) {
	sizes(t, [][3]int{{0, 3, 4}, {1, 1, 1}, {5, 0, 3}, {70, 3, 5}, {200, 17, 16}, {3000, 20, 9}, {700, 9, 65}}, func(t *testing.T, m, k, n int) {
		const p = 5
		x, y, u, v := random[T](m*k, 1), random[T](m*n, 2), random[T](m*p, 3), random[T](n*p, 4)
		g := make([]T, m*n)
		MatMulNT(g, u, v, m, p, n)
		for _, a := range []Act{Identity, ReLU, SELU, ELU, Tanh, Sigmoid} {
			z := make([]T, m*n)
			ActGrad(z, y, g, a)
			want := naiveMul(x, z, k, m, n, 1, k, n, 1)
			for j := range n {
				var sum float64
				for i := range m {
					sum += float64(z[i*n+j])
				}
				want = append(want, sum)
			}
			checkTol(t, want, 100*tolerance[T](), func(out []T) { LinearGrad(out[:k*n], out[k*n:], x, y, g, a, m, k, n) })
			checkTol(t, want, 100*tolerance[T](), func(out []T) { LinearGradOf(out[:k*n], out[k*n:], x, y, u, v, a, m, k, n, p) })
		}
	})
}
