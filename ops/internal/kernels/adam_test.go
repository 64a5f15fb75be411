package kernels

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAdam(t *testing.T) { eachType(t, testAdam[float32], testAdam[float64]) }

func testAdam[T Float](t *testing.T) {
	const lr, b1, b2, eps, clip = 1e-2, 0.9, 0.999, 1e-7, 0.5
	for _, n := range []int{0, 1, 15, 16, 33, 30001} {
		w, m, v := random[T](n, 1), make([]T, n), make([]T, n)
		ww, wm, wv := widen(w), widen(m), widen(v)
		for step := 1; step <= 3; step++ {
			g := random[T](n, uint64(step))
			for i := range ww {
				d := clip * float64(g[i])
				wm[i] = b1*wm[i] + (1-b1)*d
				wv[i] = b2*wv[i] + (1-b2)*d*d
				mh, vh := wm[i]/(1-math.Pow(b1, float64(step))), wv[i]/(1-math.Pow(b2, float64(step)))
				ww[i] -= lr * mh / (math.Sqrt(vh) + eps)
			}
			one := append([]T{}, w...)
			om, ov := append([]T(nil), m...), append([]T(nil), v...)
			withThreads(1, func() { Adam(one, g, om, ov, lr, b1, b2, eps, step, clip) })
			withThreads(2, func() { Adam(w, g, m, v, lr, b1, b2, eps, step, clip) })
			require.Equal(t, one, w)
		}
		near(t, ww, w, tolerance[T]())
		near(t, wm, m, tolerance[T]())
		near(t, wv, v, tolerance[T]())
	}
}

func TestSumSquares(t *testing.T) { eachType(t, testSumSquares[float32], testSumSquares[float64]) }

func testSumSquares[T Float](t *testing.T) {
	for _, n := range []int{0, 1, 3, 17, 100003} {
		x := random[T](n, 5)
		want := 0.0
		for _, v := range x {
			want += float64(v) * float64(v)
		}
		var one, two float64
		withThreads(1, func() { one = SumSquares(x) })
		withThreads(2, func() { two = SumSquares(x) })
		require.Equal(t, one, two)
		require.InDelta(t, want, one, 1e-11*want)
	}
}
