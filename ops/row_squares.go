package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// RowSquares is the square of each row's Euclidean norm: y_i = Σ_c x_ic².
//
// Shapes: x rows×n of rank 2 to 4; the result is a vector of rows.
// Gradient: to x, 2 g_i x_i.
func RowSquares(x *G.Node) (*G.Node, error) {
	if x == nil || x.Dims() < 2 {
		return nil, fmt.Errorf("ops: RowSquares: x is %v, want rank 2 or more", x)
	}
	rows, _ := split(x.Shape())
	return apply(&op{
		name: "RowSquares", attrs: fmt.Sprint(rows),
		shape: fixed(tensor.Shape{rows}),
		f32:   rowSquares[float32], f64: rowSquares[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(rowScaleOp(), in[0], d.apply(affineOp(2, 0), g))}
		},
	}, x)
}

func rowSquares[T Float](c *call[T]) error {
	rows, n := split(c.in[0].Shape())
	x := c.float(0)
	kernels.RowDot(c.out, x, x, rows, n)
	return nil
}
