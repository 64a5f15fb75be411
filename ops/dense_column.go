package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Column is one column of x, over all rows: y_i = x_ij.
//
// Shapes: x rows×n of rank 2 to 4, j in [0, n); the result is a vector of
// rows.
// Gradient: to x, g in column j and 0 elsewhere.
func Column(x *G.Node, j int) (*G.Node, error) {
	if x == nil || x.Dims() < 2 || x.Dims() > 4 || j < 0 || j >= x.Shape()[x.Dims()-1] {
		return nil, fmt.Errorf("ops: Column: column %d of %v, want one of those of a tensor of rank 2 to 4", j, x)
	}
	return apply(columnOp(x.Shape(), j), x)
}

func columnOp(of tensor.Shape, j int) *op {
	rows, n := split(of)
	return &op{
		name: "Column", attrs: fmt.Sprint(of, j),
		shape: fixed(tensor.Shape{rows}, func(in []tensor.Shape) error { return wantSame("x", of, in[0]) }),
		f32:   func(c *call[float32]) error { return column(c, j, n) },
		f64:   func(c *call[float64]) error { return column(c, j, n) },
		diff: func(d *derivation, _ []ref, _, g ref) []ref {
			return []ref{d.apply(intoColumnOp(of, j), g)}
		},
	}
}

// intoColumnOp puts a vector into column j of zeros in the shape of.
func intoColumnOp(of tensor.Shape, j int) *op {
	_, n := split(of)
	return &op{
		name: "IntoColumn", attrs: fmt.Sprint(of, j), shape: fixed(of),
		f32: func(c *call[float32]) error { return intoColumn(c, j, n) },
		f64: func(c *call[float64]) error { return intoColumn(c, j, n) },
		diff: func(d *derivation, _ []ref, _, g ref) []ref {
			return []ref{d.apply(columnOp(of, j), g)}
		},
	}
}

func column[T Float](c *call[T], j, n int) error {
	x := c.float(0)
	for i := range c.out {
		c.out[i] = x[i*n+j]
	}
	return nil
}

func intoColumn[T Float](c *call[T], j, n int) error {
	clear(c.out)
	for i, v := range c.float(0) {
		c.out[i*n+j] = v
	}
	return nil
}

// Columns puts vectors side by side: y_ij = v_ji.
//
// Shapes: vectors of one length; the result is that length × their number.
// Gradient: to each vector, its column.
func Columns(vs ...*G.Node) (*G.Node, error) {
	wrt := make([]bool, len(vs))
	for i := range wrt {
		wrt[i] = true
	}
	if len(vs) == 0 {
		return nil, fmt.Errorf("ops: Columns: no vectors, want at least one")
	}
	return apply(&op{
		name: "Columns", wrt: wrt,
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			if err := wantRank("a vector", in[0], 1, 1); err != nil {
				return nil, err
			}
			_, err := allSame(in)
			return tensor.Shape{in[0][0], len(in)}, err
		},
		f32: columns[float32], f64: columns[float64],
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			var grads []ref
			for j := range in {
				grads = append(grads, d.apply(columnOp(tensor.Shape{in[0].shape()[0], len(in)}, j), g))
			}
			return grads
		},
	}, vs...)
}

func columns[T Float](c *call[T]) error {
	q := len(c.in)
	for j := range q {
		for i, v := range c.float(j) {
			c.out[i*q+j] = v
		}
	}
	return nil
}
