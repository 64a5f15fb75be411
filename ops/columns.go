package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

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

func columns[T number](c *call[T]) error {
	q := len(c.in)
	for j := range q {
		for i, v := range c.float(j) {
			c.out[i*q+j] = v
		}
	}
	return nil
}
