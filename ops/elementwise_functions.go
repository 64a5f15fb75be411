package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Softplus is log(1 + eˣ), elementwise, without overflow.
//
// Gradient: to x, g·sigmoid(x).
func Softplus(x *G.Node) (*G.Node, error) {
	return apply(unary{
		name: "Softplus", f: softplus,
		df: func(x, _ float64) float64 { return sigmoid(x) },
	}.op(), x)
}

// softplus is log(1 + eˣ).
func softplus(x float64) float64 { return math.Max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }

// sigmoid is 1/(1 + e⁻ˣ).
func sigmoid(x float64) float64 {
	if x < 0 {
		e := math.Exp(x)
		return e / (1 + e)
	}
	return 1 / (1 + math.Exp(-x))
}

// Log is the natural logarithm of x > 0, elementwise. At x ≤ 0 it is 0, with
// derivative 0, so that what is not there gives no infinity.
//
// Gradient: to x, g/x.
func Log(x *G.Node) (*G.Node, error) {
	return apply(unary{
		name: "Log",
		f: func(x float64) float64 {
			if x <= 0 {
				return 0
			}
			return math.Log(x)
		},
		df: func(x, _ float64) float64 {
			if x <= 0 {
				return 0
			}
			return 1 / x
		},
	}.op(), x)
}

// Clamp is x, but lo below lo and hi above hi, elementwise.
//
// Gradient: to x, g where lo ≤ x ≤ hi and 0 elsewhere.
func Clamp(x *G.Node, lo, hi float64) (*G.Node, error) {
	if !(lo <= hi) {
		return nil, fmt.Errorf("ops: Clamp: from %v to %v, want numbers that do not fall", lo, hi)
	}
	return apply(unary{
		name: "Clamp", attrs: fmt.Sprint(lo, hi),
		f: func(x float64) float64 { return math.Min(math.Max(x, lo), hi) },
		df: func(x, _ float64) float64 {
			if x < lo || x > hi {
				return 0
			}
			return 1
		},
	}.op(), x)
}

// Detach is x as a constant: its value, without a gradient.
func Detach(x *G.Node) (*G.Node, error) {
	o := affineOp(1, 0)
	o.name, o.diff = "Detach", nil
	return apply(o, x)
}

// NonZero is 1 where x is not 0, and 0 where it is. It has no gradient.
func NonZero(x *G.Node) (*G.Node, error) {
	return apply(&op{name: "NonZero", shape: like(0), f32: nonZero[float32], f64: nonZero[float64]}, x)
}

func nonZero[T Float](c *call[T]) error {
	for i, x := range c.float(0) {
		c.out[i] = 0
		if x != 0 {
			c.out[i] = 1
		}
	}
	return nil
}

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

// Full is a tensor whose elements all are v, of the dtype and in the
// graph of x, whose values it does not read. Without a shape it is a scalar.
// Gorgonia merges constants of one name whatever their values, which this op
// does not.
func Full(x *G.Node, v float64, shape ...int) (*G.Node, error) {
	return apply(&op{
		name: "Full", attrs: fmt.Sprint(v, shape),
		shape: fixed(tensor.Shape(shape)),
		f32:   func(c *call[float32]) error { return constant(c, v) },
		f64:   func(c *call[float64]) error { return constant(c, v) },
	}, x)
}

func constant[T Float](c *call[T], v float64) error {
	for i := range c.out {
		c.out[i] = T(v)
	}
	return nil
}
