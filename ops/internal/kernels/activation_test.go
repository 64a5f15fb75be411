package kernels

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

// acts lists every activation with its value and its derivative in x.
var acts = map[Act][2]func(x float64) float64{
	Identity: {func(x float64) float64 { return x }, func(float64) float64 { return 1 }},
	ReLU:     {func(x float64) float64 { return max(x, 0) }, step},
	SELU: {
		func(x float64) float64 { return seluScale * (max(x, 0) + seluAlpha*math.Expm1(min(x, 0))) },
		func(x float64) float64 { return seluScale * (step(x) + (1-step(x))*seluAlpha*math.Exp(x)) },
	},
	ELU: {
		func(x float64) float64 { return max(x, 0) + math.Expm1(min(x, 0)) },
		func(x float64) float64 { return step(x) + (1-step(x))*math.Exp(min(x, 0)) },
	},
	Tanh: {math.Tanh, func(x float64) float64 { return 1 - math.Tanh(x)*math.Tanh(x) }},
	Sigmoid: {
		func(x float64) float64 { return 1 / (1 + math.Exp(-x)) },
		func(x float64) float64 { return 1 / (2 + math.Exp(x) + math.Exp(-x)) },
	},
}

func step(x float64) float64 {
	if x > 0 {
		return 1
	}
	return 0
}

func TestActivate(t *testing.T) { eachType(t, testActivate[float32], testActivate[float64]) }

func testActivate[T Float](t *testing.T) {
	for a, f := range acts {
		for _, n := range []int{0, 1, 5, 16, 31, 77, 20011} {
			x := random[T](n, uint64(n))
			for i := range x {
				if i%3 == 0 {
					x[i] *= 20
				}
			}
			if n > 4 {
				copy(x, []T{0, -1e-6, 1e-6, -90, 90})
			}
			want, grad := make([]float64, n), make([]float64, n)
			g := random[T](n, 99)
			for i, v := range x {
				want[i] = f[0](float64(v))
				grad[i] = f[1](float64(v)) * float64(g[i])
			}
			check(t, want, func(out []T) { Activate(out, x, a) })
			y := make([]T, n)
			Activate(y, x, a)
			check(t, grad, func(out []T) { ActGrad(out, y, g, a) })
			copied := append([]T{}, x...)
			Activate(copied, copied, a)
			assert.Equal(t, y, copied, "in place")
		}
	}
}

// TestExpm1Accurate asks for the relative error near 0 that eˣ−1 loses.
func TestExpm1Accurate(t *testing.T) {
	for _, x := range []float64{-1e-30, -1e-10, -1e-5, -1e-3, -0.3, -0.34, -0.35, -5, -20} {
		in, out := make([]float32, 16), make([]float32, 16)
		for i := range in {
			in[i] = float32(x)
		}
		Activate(out, in, ELU)
		want := math.Expm1(float64(float32(x)))
		assert.InEpsilon(t, want, float64(out[3]), 3e-7, "x = %v", x)
	}
}

func TestActivateKeepsNaN(t *testing.T) {
	for a := range acts {
		x := make([]float32, 40)
		x[3], x[37] = float32(math.NaN()), float32(math.NaN())
		out := nans[float32](40)[:40]
		Activate(out, x, a)
		for i, v := range out {
			assert.Equal(t, i == 3 || i == 37, v != v, "act %d, out[%d] = %v", a, i, v)
		}
	}
}

// TestActivateLarge takes results that are written past the caches: of several
// blocks, and of every place in a line of the cache.
func TestActivateLarge(t *testing.T) {
	const n = 1<<22 + 77
	x := random[float32](n+16, 1)
	want := make([]float32, n)
	for _, skip := range []int{0, 1, 8, 16} {
		in := x[skip : skip+n]
		Activate(want, in, SELU)
		out := nans[float32](n + 16)[16-skip:][:n]
		Activate(out, in, SELU)
		assert.True(t, slices.Equal(want, out), "skip %d", skip)
		ActGrad(want, in, in, ReLU)
		ActGrad(out, in, in, ReLU)
		assert.True(t, slices.Equal(want, out), "gradient, skip %d", skip)
	}
}
