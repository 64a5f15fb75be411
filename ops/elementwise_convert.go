package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Convert is x in another dtype, float32 or float64; x itself where it has that.
// Numbers are rounded to the nearest.
//
// Shapes: x of any shape; the result has that.
// Gradient: to x, g in x's dtype.
func Convert(x *G.Node, to tensor.Dtype) (*G.Node, error) {
	switch {
	case x == nil || !isFloat(x.Dtype()):
		return nil, fmt.Errorf("ops: Convert: x is %v, want a node of float32 or float64", x)
	case !isFloat(to):
		return nil, fmt.Errorf("ops: Convert: to = %v, want float32 or float64", to)
	case x.Dtype() == to:
		return x, nil
	}
	return apply(convertOp(to), x)
}

func convertOp(to tensor.Dtype) *op {
	return &op{
		name: "Convert", attrs: fmt.Sprint(to), dtype: to, shape: like(0),
		f32: func(c *call[float32]) error { return convert[float32, float64](c) },
		f64: func(c *call[float64]) error { return convert[float64, float32](c) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(convertOp(in[0].dtype()), g)}
		},
	}
}

func convert[To, From Float](c *call[To]) error {
	x, err := floats[From](c.in[0])
	if err != nil {
		return err
	}
	for i, v := range x {
		c.out[i] = To(v)
	}
	return nil
}
