package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Norm is the Euclidean norm of each block: of all elements that share the
// indices of the first axes. Norm(x, 0) is that of all of x.
//
//	y_s = √(Σ_{j in block s} x_j²)
//
// Shapes: x of any rank; the result has x's first axes, and is a scalar for
// none.
// Gradient: to x, x·g/y, taken as 0 where y is 0.
func Norm(x *G.Node, axes int) (*G.Node, error) {
	if x == nil || axes < 0 || axes > x.Dims() {
		return nil, fmt.Errorf("ops: Norm: axes = %d of %v, want 0 to its rank", axes, x)
	}
	return apply(&op{
		name: "Norm", attrs: fmt.Sprint(axes),
		shape: fixed(x.Shape()[:axes]), f32: norm[float32], f64: norm[float64],
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			return []ref{d.apply(normGradOp(), in[0], y, g)}
		},
	}, x)
}

func norm[T Float](c *call[T]) error {
	x := c.float(0)
	block := len(x) / max(1, len(c.out))
	for s := range c.out {
		var sum float64
		for _, v := range x[s*block : (s+1)*block] {
			sum += float64(v) * float64(v)
		}
		c.out[s] = T(math.Sqrt(sum))
	}
	return nil
}

// normGradOp takes x, its norms y, and their gradient.
func normGradOp() *op {
	return &op{
		name: "NormGrad", shape: like(0),
		f32: normGrad[float32], f64: normGrad[float64],
	}
}

func normGrad[T Float](c *call[T]) error {
	x, y, g := c.float(0), c.float(1), c.float(2)
	block := len(x) / max(1, len(y))
	kernels.ForRows(len(y), block, func(lo, hi int) {
		for s := lo; s < hi; s++ {
			out := c.out[s*block : (s+1)*block]
			if y[s] > 0 {
				for i, v := range x[s*block : (s+1)*block] {
					out[i] = v * g[s] / y[s]
				}
				continue
			}
			clear(out)
		}
	})
	return nil
}

// Sum adds up all elements of x, into a scalar.
//
// Gradient: to x, g in every element.
func Sum(x *G.Node) (*G.Node, error) { return apply(sumOp(), x) }

func sumOp() *op {
	return &op{
		name: "Sum", shape: fixed(tensor.ScalarShape()),
		f32: sumAll[float32], f64: sumAll[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(rowRepeatOp(in[0].shape()), g)}
		},
	}
}

func sumAll[T Float](c *call[T]) error {
	c.out[0] = sum(c.float(0))
	return nil
}

// Where is x where w is not 0, and 0 elsewhere. Unlike x·w it is 0 there even if
// x is NaN or infinite, and so is the gradient.
//
// Shapes: x and w of one shape, which the result has.
// Gradient: to x, g where w is not 0, else 0; none to w.
func Where(x, w *G.Node) (*G.Node, error) { return apply(whereOp(), x, w) }

func whereOp() *op {
	return &op{
		name: "Where",
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			return in[0].Clone(), wantSame("w", in[0], in[1])
		},
		f32: where[float32], f64: where[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(whereOp(), g, in[1])}
		},
	}
}

func where[T Float](c *call[T]) error {
	x, w := c.float(0), c.float(1)
	for i, v := range x {
		c.out[i] = 0
		if w[i] != 0 {
			c.out[i] = v
		}
	}
	return nil
}

// MeanWhere is the mean of the elements of x at which w is not 0, a scalar;
// 0 where there are none. A value at which w is 0 has no effect, not even if
// it is NaN. The sum is taken in float64.
//
// Shapes: x and w of one shape.
// Gradient: to x, g over the number of elements that count; none to w.
func MeanWhere(x, w *G.Node) (*G.Node, error) {
	return apply(&op{
		name: "MeanWhere",
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			return tensor.ScalarShape(), wantSame("w", in[0], in[1])
		},
		f32: meanWhere[float32], f64: meanWhere[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(&op{
				name: "MeanWhereGrad", shape: like(0),
				f32: meanWhereGrad[float32], f64: meanWhereGrad[float64],
			}, in[1], g)}
		},
	}, x, w)
}

func meanWhere[T Float](c *call[T]) error {
	x, w := c.float(0), c.float(1)
	sum, count := 0., 0
	for i, v := range x {
		if w[i] != 0 {
			sum += float64(v)
			count++
		}
	}
	c.out[0] = T(sum / float64(max(1, count)))
	return nil
}

// meanWhereGrad takes w and the gradient.
func meanWhereGrad[T Float](c *call[T]) error {
	w, g := c.float(0), c.float(1)
	count := 0
	for _, v := range w {
		if v != 0 {
			count++
		}
	}
	for i, v := range w {
		c.out[i] = 0
		if v != 0 {
			c.out[i] = g[0] / T(count)
		}
	}
	return nil
}
