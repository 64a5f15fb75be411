package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// LastScale scales the columns of each matrix by a vector of its own:
//
//	y_bij = x_bij v_bj
//
// Shapes: x (…, m, n), v (…, n); the result is shaped as x.
// Gradient: to x, g_bij·v_bj; to v, Σ_i g_bij x_bij.
func LastScale(x, v *G.Node) (*G.Node, error) { return apply(lastScaleOp(), x, v) }

func lastScaleOp() *op {
	return &op{
		name: "LastScale", wrt: []bool{true, true},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			x, v := in[0], in[1]
			d := x.Dims()
			if d < 2 || v.Dims() != d-1 || x[d-1] != v[d-2] || d > 2 && !tensor.Shape(x[:d-2]).Eq(tensor.Shape(v[:d-2])) {
				return nil, fmt.Errorf("shapes %v and %v, want (…, m, n) and (…, n)", x, v)
			}
			return x.Clone(), nil
		},
		f32: lastScale[float32], f64: lastScale[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			dot := &op{
				name: "LastScaleGrad", attrs: fmt.Sprint(in[1].shape()), shape: fixed(in[1].shape()),
				f32: lastScaleGrad[float32], f64: lastScaleGrad[float64],
			}
			return []ref{d.apply(lastScaleOp(), g, in[1]), d.apply(dot, g, in[0])}
		},
	}
}

func lastScale[T Float](c *call[T]) error {
	x, v := c.float(0), c.float(1)
	d := c.shape.Dims()
	m, n := c.shape[d-2], c.shape[d-1]
	size := m * n
	kernels.ForRows(len(x)/size, size, func(lo, hi int) {
		for b := lo; b < hi; b++ {
			kernels.ColScale(c.out[b*size:(b+1)*size], x[b*size:], v[b*n:(b+1)*n], m, n)
		}
	})
	return nil
}

// lastScaleGrad takes the gradient and x.
func lastScaleGrad[T Float](c *call[T]) error {
	g, x := c.float(0), c.float(1)
	s := c.in[0].Shape()
	d := s.Dims()
	m, n := s[d-2], s[d-1]
	size := m * n
	kernels.ForRows(len(x)/size, size, func(lo, hi int) {
		for b := lo; b < hi; b++ {
			kernels.SegmentColDot(c.out[b*n:(b+1)*n], g[b*size:(b+1)*size], x[b*size:(b+1)*size], nil, 1, n)
		}
	})
	return nil
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
