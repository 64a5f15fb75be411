package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Reshape copies x into another shape of the same size. Gorgonia's own
// Reshape shares x's memory, which its in-place additions then overwrite.
//
// Gradient: to x, g in x's shape.
func Reshape(x *G.Node, shape ...int) (*G.Node, error) {
	for _, d := range shape {
		if d < 1 {
			return nil, fmt.Errorf("ops: Reshape: shape = %v, want at least 1 in every axis", shape)
		}
	}
	return apply(reshapeOp(shape), x)
}

func reshapeOp(out tensor.Shape) *op {
	return &op{
		name: "Reshape", attrs: fmt.Sprint(out),
		shape: fixed(out, func(in []tensor.Shape) error {
			if in[0].TotalSize() != out.TotalSize() {
				return fmt.Errorf("shape %v to %v, want as many elements", in[0], out)
			}
			return nil
		}),
		f32: copyOut[float32], f64: copyOut[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(reshapeOp(in[0].shape()), g)}
		},
	}
}

func copyOut[T Float](c *call[T]) error {
	copy(c.out, c.float(0))
	return nil
}
