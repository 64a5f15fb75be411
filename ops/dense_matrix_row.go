package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// MatrixRow is one row of each matrix: y_bj = x_bij for a given i.
//
// Shapes: x B×m×n, i in [0, m); the result is B×n.
// Gradient: to x, g in row i and 0 elsewhere.
func MatrixRow(x *G.Node, i int) (*G.Node, error) {
	if x == nil || x.Dims() != 3 || i < 0 || i >= x.Shape()[1] {
		return nil, fmt.Errorf("ops: MatrixRow: row %d of %v, want one of those of a tensor of rank 3", i, x)
	}
	return apply(matrixRowOp(x.Shape(), i, false), x)
}

// matrixRowOp takes row i out of matrices of shape of, or puts it into zeros.
func matrixRowOp(of tensor.Shape, i int, into bool) *op {
	name, out := "MatrixRow", tensor.Shape{of[0], of[2]}
	if into {
		name, out = "IntoMatrixRow", of
	}
	return &op{
		name: name, attrs: fmt.Sprint(of, i), shape: fixed(out),
		f32: func(c *call[float32]) error { return matrixRow(c, of, i, into) },
		f64: func(c *call[float64]) error { return matrixRow(c, of, i, into) },
		diff: func(d *derivation, _ []ref, _, g ref) []ref {
			return []ref{d.apply(matrixRowOp(of, i, !into), g)}
		},
	}
}

func matrixRow[T Float](c *call[T], of tensor.Shape, i int, into bool) error {
	x, m, n := c.float(0), of[1], of[2]
	if into {
		clear(c.out)
	}
	for b := range of[0] {
		at := (b*m + i) * n
		if into {
			copy(c.out[at:at+n], x[b*n:(b+1)*n])
		} else {
			copy(c.out[b*n:(b+1)*n], x[at:at+n])
		}
	}
	return nil
}
