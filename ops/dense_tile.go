package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Tile repeats x as a whole: copies times, along the first axis.
//
// Shapes: x of shape (n, …); the result is (copies·n, …).
// Gradient: to x, the sum over the copies.
func Tile(x *G.Node, copies int) (*G.Node, error) {
	if x == nil || x.Dims() < 1 || copies < 1 {
		return nil, fmt.Errorf("ops: Tile: %d copies of %v, want at least 1 of a vector or more", copies, x)
	}
	s := x.Shape().Clone()
	s[0] *= copies
	return apply(tileOp(s), x)
}

func tileOp(out tensor.Shape) *op {
	return &op{
		name: "Tile", attrs: fmt.Sprint(out), shape: fixed(out), f32: tile[float32], f64: tile[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(foldOp(in[0].shape()), g)}
		},
	}
}

func tile[T Float](c *call[T]) error {
	x := c.float(0)
	for i := 0; i < len(c.out); i += len(x) {
		copy(c.out[i:], x)
	}
	return nil
}

// foldOp adds up the copies, each of shape out.
func foldOp(out tensor.Shape) *op {
	return &op{
		name: "Fold", attrs: fmt.Sprint(out), shape: fixed(out), f32: fold[float32], f64: fold[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(tileOp(in[0].shape()), g)}
		},
	}
}

func fold[T Float](c *call[T]) error {
	clear(c.out)
	for i, v := range c.float(0) {
		c.out[i%len(c.out)] += v
	}
	return nil
}
