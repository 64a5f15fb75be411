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
