package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// NegXLogX is −x·log(x + ε), elementwise, a term of the entropy. x must be at
// least 0; at x = 0 the value is 0 whatever ε is.
//
// Gradient: to x, −(log(x + ε) + x/(x + ε))·g, and 0 where x + ε is 0.
func NegXLogX(x *G.Node, eps float64) (*G.Node, error) {
	if !(eps >= 0) {
		return nil, fmt.Errorf("ops: NegXLogX: ε = %v, want at least 0", eps)
	}
	return apply(&op{
		name: "NegXLogX", attrs: fmt.Sprint(eps), shape: like(0),
		f32: func(c *call[float32]) error { return negXLogX(c, eps) },
		f64: func(c *call[float64]) error { return negXLogX(c, eps) },
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			return []ref{d.apply(&op{
				name: "NegXLogXGrad", attrs: fmt.Sprint(eps), shape: allSame,
				f32: func(c *call[float32]) error { return negXLogXGrad(c, eps) },
				f64: func(c *call[float64]) error { return negXLogXGrad(c, eps) },
			}, in[0], y, g)}
		},
	}, x)
}

func negXLogX[T Float](c *call[T], eps float64) error {
	x := c.float(0)
	kernels.ForRows(len(x), callCost, func(lo, hi int) {
		if out, ok := any(c.out[lo:hi]).([]float32); ok {
			negXLogXShort(out, any(x[lo:hi]).([]float32), eps)
			return
		}
		for i, v := range x[lo:hi] {
			c.out[lo+i] = T(negXLogXOf(float64(v), eps))
		}
	})
	return nil
}

func negXLogXOf(x, eps float64) float64 {
	if x == 0 {
		return 0
	}
	return -x * math.Log(x+eps)
}

// negXLogXGrad takes x, the value y, and its gradient.
func negXLogXGrad[T Float](c *call[T], eps float64) error {
	x, y, g := c.float(0), c.float(1), c.float(2)
	const small = 1e-30 // below, y/x loses digits in float32
	kernels.ForRows(len(x), callCost, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			v := x[i]
			switch at := v + T(eps); {
			case v > small: // y/x is −log(x + ε)
				c.out[i] = (y[i]/v - v/at) * g[i]
			case at <= 0:
				c.out[i] = 0
			default:
				c.out[i] = T(-math.Log(float64(v)+eps)-float64(v)/(float64(v)+eps)) * g[i]
			}
		}
	})
	return nil
}

// negXLogXShort is −x·log(x + ε) with a relative error of the logarithm below
// 1e-10: with x + ε = 2ᵉ·m, √½ ≤ m < √2 and f = (m−1)/(m+1), it is
// e·log 2 + 2(f + f³/3 + f⁵/5 + …).
func negXLogXShort(out, x []float32, eps float64) {
	const half = 0x3fe6a09e667f3bcd // the bits of √½
	out = out[:len(x)]
	for i, v := range x {
		s := float64(v) + eps
		if !(s > minNormal && s < math.MaxFloat64) {
			out[i] = float32(negXLogXOf(float64(v), eps))
			continue
		}
		bits := math.Float64bits(s)
		e := int64(bits-half) >> 52
		m := math.Float64frombits(bits - uint64(e)<<52)
		f := (m - 1) / (m + 1)
		q := f * f
		r := q * q
		log := float64(e)*math.Ln2 + 2*f*((1+q*(1./3))+r*((1./5+q*(1./7))+r*((1./9+q*(1./11))+r*(1./13))))
		out[i] = float32(-float64(v) * log)
	}
}

const minNormal = 0x1p-1022

// BetaKL is how far Beta distributions are from a Beta(1, c), elementwise, in
// nats:
//
//	KL(Beta(a, b) ‖ Beta(1, c)) = log Γ(a+b) − log Γ(a) − log Γ(b) − log c
//	  + (a − 1) ψ(a) + (b − c) ψ(b) + (1 + c − a − b) ψ(a+b)
//
// with ψ the digamma function. Where a or b is not above 0 it is 0, with
// gradient 0.
//
// Shapes: a and b of one shape, which the result has.
// Gradient: to a, g ((a − 1) ψ'(a) + (1 + c − a − b) ψ'(a+b)), with ψ' the
// trigamma function; to b, g ((b − c) ψ'(b) + (1 + c − a − b) ψ'(a+b)).
func BetaKL(a, b *G.Node, c float64) (*G.Node, error) {
	if !(c > 0) || math.IsInf(c, 1) {
		return nil, fmt.Errorf("ops: BetaKL: c = %v, want a number above 0", c)
	}
	slope := func(d *derivation, in []ref, g ref, ofA bool) ref {
		f := func(a, b float64) float64 { return betaKLSlope(a, b, c, ofA) }
		return d.apply(&op{
			name: "BetaKLGrad", attrs: fmt.Sprint(c, ofA), shape: allSame,
			f32: func(c *call[float32]) error { return mapTwoSlope(c, f) },
			f64: func(c *call[float64]) error { return mapTwoSlope(c, f) },
		}, in[0], in[1], g)
	}
	f := func(a, b float64) float64 { return betaKL(a, b, c) }
	return apply(&op{
		name: "BetaKL", attrs: fmt.Sprint(c), shape: allSame, wrt: []bool{true, true},
		f32: func(c *call[float32]) error { return mapTwo(c, f) },
		f64: func(c *call[float64]) error { return mapTwo(c, f) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{slope(d, in, g, true), slope(d, in, g, false)}
		},
	}, a, b)
}

// mapTwo is f of the elements of inputs 0 and 1.
func mapTwo[T Float](c *call[T], f func(a, b float64) float64) error {
	a, b := c.float(0), c.float(1)
	kernels.ForRows(len(c.out), 4*callCost, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			c.out[i] = T(f(float64(a[i]), float64(b[i])))
		}
	})
	return nil
}

// mapTwoSlope is input 2 times f of the elements of inputs 0 and 1.
func mapTwoSlope[T Float](c *call[T], f func(a, b float64) float64) error {
	a, b, g := c.float(0), c.float(1), c.float(2)
	kernels.ForRows(len(c.out), 4*callCost, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			c.out[i] = T(f(float64(a[i]), float64(b[i])) * float64(g[i]))
		}
	})
	return nil
}

func betaKL(a, b, c float64) float64 {
	if !(a > 0 && b > 0) {
		return 0
	}
	both, _ := math.Lgamma(a + b)
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	return both - la - lb - math.Log(c) + (a-1)*digamma(a) + (b-c)*digamma(b) + (1+c-a-b)*digamma(a+b)
}

// betaKLSlope is the derivative to a, or to b.
func betaKLSlope(a, b, c float64, ofA bool) float64 {
	if !(a > 0 && b > 0) {
		return 0
	}
	both := (1 + c - a - b) * trigamma(a+b)
	if ofA {
		return (a-1)*trigamma(a) + both
	}
	return (b-c)*trigamma(b) + both
}

// asymptotic is the argument from which the series below are as exact as a
// float64: their first term left out is under 1e-16 there.
const asymptotic = 16

// digamma is ψ(x), the derivative of log Γ(x), for x > 0: by ψ(x) = ψ(x+1) −
// 1/x, then by its asymptotic series.
func digamma(x float64) (y float64) {
	for ; x < asymptotic; x++ {
		y -= 1 / x
	}
	q := 1 / (x * x)
	return y + math.Log(x) - .5/x - q*(1./12-q*(1./120-q*(1./252-q*(1./240-q*(1./132-q*(691./32760))))))
}

// trigamma is ψ'(x) for x > 0, in the same way.
func trigamma(x float64) (y float64) {
	for ; x < asymptotic; x++ {
		y += 1 / (x * x)
	}
	q := 1 / (x * x)
	return y + 1/x + q/2 + q/x*(1./6-q*(1./30-q*(1./42-q*(1./30-q*(5./66-q*(691./2730))))))
}
