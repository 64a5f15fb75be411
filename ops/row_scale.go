package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// RowScale scales each row by a factor of its own: y_i = w_i x_i.
//
// Shapes: x rows×n or a vector of rows, w any shape with an element a row;
// the result is shaped as x.
// Gradient: to x, w_i·g_i; to w, by RowDot.
func RowScale(x, w *G.Node) (*G.Node, error) { return apply(rowScaleOp(), x, w) }

func rowScaleOp() *op {
	return &op{
		name: "RowScale", wrt: []bool{true, true},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			if rows, _ := split(in[0]); rows != in[1].TotalSize() {
				return nil, fmt.Errorf("shapes %v and %v, want one factor a row", in[0], in[1])
			}
			return in[0].Clone(), nil
		},
		f32: rowScale[float32], f64: rowScale[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(rowScaleOp(), g, in[1]), d.apply(rowDotOp(in[1].shape()), g, in[0])}
		},
	}
}

func rowScale[T Float](c *call[T]) error {
	rows, n := split(c.shape)
	kernels.RowScale(c.out, c.float(0), c.float(1), rows, n)
	return nil
}

// RowDot is the dot product of each two rows: y_i = Σ_c a_ic b_ic.
//
// Shapes: a and b rows×n, of one shape; the result is a without its last
// axis.
// Gradient: to a, g_i·b_i; to b, g_i·a_i.
func RowDot(a, b *G.Node) (*G.Node, error) {
	if a == nil || a.Dims() < 2 {
		return nil, fmt.Errorf("ops: RowDot: a is %v, want rank 2 or more", a)
	}
	return apply(rowDotOp(a.Shape()[:a.Dims()-1]), a, b)
}

// rowDotOp gives the rows' products in the shape out.
func rowDotOp(out tensor.Shape) *op {
	return &op{
		name: "RowDot", attrs: fmt.Sprint(out), wrt: []bool{true, true},
		shape: fixed(out, func(in []tensor.Shape) error {
			if rows, _ := split(in[0]); rows != out.TotalSize() {
				return fmt.Errorf("%d rows, want %d", rows, out.TotalSize())
			}
			return wantSame("b", in[0], in[1])
		}),
		f32: rowDot[float32], f64: rowDot[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(rowScaleOp(), in[1], g), d.apply(rowScaleOp(), in[0], g)}
		},
	}
}

func rowDot[T Float](c *call[T]) error {
	rows, n := split(c.in[0].Shape())
	kernels.RowDot(c.out, c.float(0), c.float(1), rows, n)
	return nil
}

// RowSum adds up each row: y_i = Σ_c x_ic.
//
// Shapes: x of rank 1 to 4; the result is x without its last axis.
// Gradient: to x, g_i in each column.
func RowSum(x *G.Node) (*G.Node, error) {
	if x == nil || x.Dims() < 1 {
		return nil, fmt.Errorf("ops: RowSum: x is %v, want rank 1 or more", x)
	}
	return apply(rowSumOp(x.Shape()[:x.Dims()-1]), x)
}

func rowSumOp(out tensor.Shape) *op {
	return &op{
		name: "RowSum", attrs: fmt.Sprint(out),
		shape: fixed(out), f32: rowSum[float32], f64: rowSum[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(rowRepeatOp(in[0].shape()), g)}
		},
	}
}

func rowSum[T Float](c *call[T]) error {
	x := c.float(0)
	rows, n := rowsOf(c.in[0].Shape())
	kernels.ForRows(rows, n, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			c.out[i] = kernels.Total(x[i*n : (i+1)*n])
		}
	})
	return nil
}

// rowRepeatOp repeats each value over a row, in the shape out.
func rowRepeatOp(out tensor.Shape) *op {
	return &op{
		name: "RowRepeat", attrs: fmt.Sprint(out),
		shape: fixed(out), f32: rowRepeat[float32], f64: rowRepeat[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(rowSumOp(in[0].shape()), g)}
		},
	}
}

func rowRepeat[T Float](c *call[T]) error {
	v := c.float(0)
	n := len(c.out) / max(1, len(v))
	kernels.ForRows(len(v), n, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			fill(c.out[i*n:(i+1)*n], v[i])
		}
	})
	return nil
}

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
