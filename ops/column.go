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

func column[T number](c *call[T], j, n int) error {
	x := c.float(0)
	for i := range c.out {
		c.out[i] = x[i*n+j]
	}
	return nil
}

func intoColumn[T number](c *call[T], j, n int) error {
	clear(c.out)
	for i, v := range c.float(0) {
		c.out[i*n+j] = v
	}
	return nil
}
