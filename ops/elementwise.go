package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Affine is a·x + b for two numbers, elementwise.
//
// Gradient: to x, a·g.
func Affine(x *G.Node, a, b float64) (*G.Node, error) { return apply(affineOp(a, b), x) }

func affineOp(a, b float64) *op {
	return &op{
		name: "Affine", attrs: fmt.Sprint(a, b), shape: like(0),
		f32: func(c *call[float32]) error { return affine(c, a, b) },
		f64: func(c *call[float64]) error { return affine(c, a, b) },
		diff: func(d *derivation, _ []ref, _, g ref) []ref {
			return []ref{d.apply(affineOp(a, 0), g)}
		},
	}
}

func affine[T Float](c *call[T], a, b float64) error {
	x, p, q := c.float(0), T(a), T(b)
	kernels.ForRows(len(x), 1, func(lo, hi int) {
		out := c.out[lo:hi]
		for i, v := range x[lo:hi] {
			out[i] = p*v + q
		}
	})
	return nil
}

// Hadamard is a ⊙ b, elementwise, for a and b of one shape.
//
// Gradient: to a, b ⊙ g; to b, a ⊙ g.
func Hadamard(a, b *G.Node) (*G.Node, error) { return apply(hadamardOp(), a, b) }

func hadamardOp() *op {
	return &op{
		name: "Hadamard", wrt: []bool{true, true}, shape: allSame,
		f32: hadamard[float32], f64: hadamard[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(hadamardOp(), in[1], g), d.apply(hadamardOp(), in[0], g)}
		},
	}
}

func hadamard[T Float](c *call[T]) error {
	a, b := c.float(0), c.float(1)
	kernels.ForRows(len(c.out), 1, func(lo, hi int) { kernels.ColScale(c.out[lo:hi], a[lo:hi], b[lo:hi], 1, hi-lo) })
	return nil
}

// unary is an elementwise function with its derivative at x, where y is the
// function's value.
type unary struct {
	name, attrs string
	f           func(x float64) float64
	df          func(x, y float64) float64
}

func (u unary) op() *op {
	return &op{
		name: u.name, attrs: u.attrs, shape: like(0),
		f32: func(c *call[float32]) error { return mapUnary(c, u.f) },
		f64: func(c *call[float64]) error { return mapUnary(c, u.f) },
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			slope := &op{
				name: u.name + "Grad", attrs: u.attrs, shape: allSame,
				f32: func(c *call[float32]) error { return mapSlope(c, u.df) },
				f64: func(c *call[float64]) error { return mapSlope(c, u.df) },
			}
			return []ref{d.apply(slope, in[0], y, g)}
		},
	}
}

// callCost is what a call of a function costs, in elements.
const callCost = 8

func mapUnary[T Float](c *call[T], f func(float64) float64) error {
	x := c.float(0)
	kernels.ForRows(len(x), callCost, func(lo, hi int) {
		for i, v := range x[lo:hi] {
			c.out[lo+i] = T(f(float64(v)))
		}
	})
	return nil
}

func mapSlope[T Float](c *call[T], df func(x, y float64) float64) error {
	x, y, g := c.float(0), c.float(1), c.float(2)
	kernels.ForRows(len(c.out), callCost, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			c.out[i] = T(df(float64(x[i]), float64(y[i]))) * g[i]
		}
	})
	return nil
}

// Sqrt is √max(0, x), elementwise. Its derivative, 1/(2√x), is taken as 0
// where x ≤ 0, so that a degree or a norm of zero gives no infinite gradient.
func Sqrt(x *G.Node) (*G.Node, error) {
	return apply(unary{
		name: "Sqrt",
		f:    func(x float64) float64 { return math.Sqrt(math.Max(0, x)) },
		df: func(_, y float64) float64 {
			if y == 0 {
				return 0
			}
			return 1 / (2 * y)
		},
	}.op(), x)
}

// InvSqrt is 1/(√x + ε) for x > 0, elementwise, the factor of a symmetric
// normalisation by degrees. At x ≤ 0 it is 0, with derivative 0, whatever ε
// is: a degree that weights below 0 made negative scales as one of 0 does.
func InvSqrt(x *G.Node, eps float64) (*G.Node, error) {
	if !(eps >= 0) {
		return nil, fmt.Errorf("ops: InvSqrt: ε = %v, want at least 0", eps)
	}
	return apply(unary{
		name: "InvSqrt", attrs: fmt.Sprint(eps),
		f: func(x float64) float64 {
			if x <= 0 {
				return 0
			}
			return 1 / (math.Sqrt(x) + eps)
		},
		df: func(x, y float64) float64 {
			if x <= 0 {
				return 0
			}
			return -y * y / (2 * math.Sqrt(x))
		},
	}.op(), x)
}

// AsymAbs is an absolute value that weighs positive numbers more: pos·x for
// x ≥ 0 and −x below, elementwise, for pos > 0.
//
// Gradient: to x, pos or −1; pos at 0.
func AsymAbs(x *G.Node, pos float64) (*G.Node, error) {
	if !(pos > 0) {
		return nil, fmt.Errorf("ops: AsymAbs: pos = %v, want above 0", pos)
	}
	return apply(unary{
		name: "AsymAbs", attrs: fmt.Sprint(pos),
		f: func(x float64) float64 {
			if x >= 0 {
				return pos * x
			}
			return -x
		},
		df: func(x, _ float64) float64 {
			if x >= 0 {
				return pos
			}
			return -1
		},
	}.op(), x)
}

// LeakyReLU is x for x > 0 and slope·x elsewhere, elementwise. Its derivative
// at 0 is slope.
//
// Gradient: to x, g or slope·g.
func LeakyReLU(x *G.Node, slope float64) (*G.Node, error) {
	if slope-slope != 0 {
		return nil, fmt.Errorf("ops: LeakyReLU: slope = %v, want a finite number", slope)
	}
	return apply(&op{
		name: "LeakyReLU", attrs: fmt.Sprint(slope), shape: like(0),
		f32: func(c *call[float32]) error { return leakyReLU(c, slope) },
		f64: func(c *call[float64]) error { return leakyReLU(c, slope) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(&op{
				name: "LeakyReLUGrad", attrs: fmt.Sprint(slope), shape: allSame,
				f32: func(c *call[float32]) error { return leakyReLUGrad(c, slope) },
				f64: func(c *call[float64]) error { return leakyReLUGrad(c, slope) },
			}, in[0], g)}
		},
	}, x)
}

func leakyReLU[T Float](c *call[T], slope float64) error {
	x := c.float(0)
	kernels.ForRows(len(x), 1, func(lo, hi int) {
		for i, v := range x[lo:hi] {
			if v <= 0 {
				v *= T(slope)
			}
			c.out[lo+i] = v
		}
	})
	return nil
}

// leakyReLUGrad takes x and the gradient of the result.
func leakyReLUGrad[T Float](c *call[T], slope float64) error {
	x, g := c.float(0), c.float(1)
	kernels.ForRows(len(x), 1, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			c.out[i] = g[i]
			if x[i] <= 0 {
				c.out[i] *= T(slope)
			}
		}
	})
	return nil
}

// Divide is a/b where b ≠ 0, and 0 where b = 0. b may lack trailing axes of
// a: each of its elements then divides a whole block.
//
// Shapes: b's shape is a's, or a's without some of its last axes.
// Gradient: to a, g/b; to b, −Σ g·y/b over the block; both 0 where b = 0.
func Divide(a, b *G.Node) (*G.Node, error) { return apply(divideOp(), a, b) }

func divideOp() *op {
	return &op{
		name: "Divide", wrt: []bool{true, true}, shape: dividend,
		f32: divide[float32], f64: divide[float64],
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			byDivisor := &op{
				name: "DivideGrad", attrs: fmt.Sprint(in[1].shape()), shape: fixed(in[1].shape()),
				f32: divideGrad[float32], f64: divideGrad[float64],
			}
			return []ref{d.apply(divideOp(), g, in[1]), d.apply(byDivisor, y, g, in[1])}
		},
	}
}

func dividend(in []tensor.Shape) (tensor.Shape, error) {
	a, b := in[0], in[1]
	if b.Dims() > a.Dims() || !same(a[:b.Dims()], b) {
		return nil, fmt.Errorf("the divisor has shape %v, want that of %v or of its first axes", b, a)
	}
	return a.Clone(), nil
}

func divide[T Float](c *call[T]) error {
	a, b := c.float(0), c.float(1)
	block := len(a) / max(1, len(b))
	kernels.ForRows(len(b), block, func(lo, hi int) {
		for s, d := range b[lo:hi] {
			at := (lo + s) * block
			divideBlock(c.out[at:at+block], a[at:], d)
		}
	})
	return nil
}

// divideBlock is out = a/d, 0 for d = 0.
func divideBlock[T Float](out, a []T, d T) {
	if d == 0 {
		clear(out)
		return
	}
	for i := range out {
		out[i] = a[i] / d
	}
}

// divideGrad takes the quotient y, its gradient, and the divisor.
func divideGrad[T Float](c *call[T]) error {
	y, g, b := c.float(0), c.float(1), c.float(2)
	block := len(y) / max(1, len(b))
	kernels.RowDot(c.out, g, y, len(b), block)
	for i, d := range b {
		if d == 0 {
			c.out[i] = 0
			continue
		}
		c.out[i] = -c.out[i] / d
	}
	return nil
}
