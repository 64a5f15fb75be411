package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Power raises each column to an exponent of its own, or all to one:
//
//	y_ic = x_ic^{p_c}
//
// for x > 0; at x ≤ 0 the value and its gradients are 0.
//
// Shapes: x rows×n, p a vector of n or of 1; the result is shaped as x.
// Gradient: to x, g p y/x; to p, Σ_i g_ic y_ic log x_ic.
func Power(x, p *G.Node) (*G.Node, error) {
	shape := func(in []tensor.Shape) (tensor.Shape, error) {
		_, n := rowsOf(in[0])
		if in[1].Dims() != 1 || in[1][0] != n && in[1][0] != 1 {
			return nil, fmt.Errorf("p has shape %v, want (%d), a value a column, or (1)", in[1], n)
		}
		return in[0].Clone(), nil
	}
	return apply(&op{
		name: "Power", wrt: []bool{true, true}, shape: shape,
		f32: power[float32], f64: power[float64],
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			return []ref{
				d.apply(&op{
					name: "PowerGrad", shape: like(0), f32: powerGrad[float32], f64: powerGrad[float64],
				}, in[0], in[1], y, g),
				d.apply(&op{
					name: "PowerGradP", shape: like(1), f32: powerGradP[float32], f64: powerGradP[float64],
				}, in[0], in[1], y, g),
			}
		},
	}, x, p)
}

// exponent is the exponent of element i.
func exponent[T Float](p []T, i, n int) T {
	if len(p) == 1 {
		return p[0]
	}
	return p[i%n]
}

func power[T Float](c *call[T]) error {
	x, p := c.float(0), c.float(1)
	_, n := rowsOf(c.shape)
	kernels.ForRows(len(x), callCost, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			if c.out[i] = 0; x[i] > 0 {
				c.out[i] = T(math.Pow(float64(x[i]), float64(exponent(p, i, n))))
			}
		}
	})
	return nil
}

// powerGrad takes x, p, the value y, and its gradient.
func powerGrad[T Float](c *call[T]) error {
	x, p, y, g := c.float(0), c.float(1), c.float(2), c.float(3)
	_, n := rowsOf(c.shape)
	kernels.ForRows(len(x), callCost, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			if c.out[i] = 0; x[i] > 0 {
				c.out[i] = g[i] * exponent(p, i, n) * y[i] / x[i]
			}
		}
	})
	return nil
}

// powerGradP takes x, p, the value y, and its gradient.
func powerGradP[T Float](c *call[T]) error {
	x, y, g := c.float(0), c.float(2), c.float(3)
	_, n := rowsOf(c.in[0].Shape())
	sums := make([]float64, len(c.out))
	for i, v := range x {
		if v > 0 {
			sums[i%n%len(sums)] += float64(g[i]) * float64(y[i]) * math.Log(float64(v))
		}
	}
	for i, v := range sums {
		c.out[i] = T(v)
	}
	return nil
}
