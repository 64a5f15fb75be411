package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Full is a tensor whose elements all are v, of the dtype and in the
// graph of x, whose values it does not read. Without a shape it is a scalar.
// Gorgonia merges constants of one name whatever their values, which this op
// does not.
func Full(x *G.Node, v float64, shape ...int) (*G.Node, error) {
	return apply(&op{
		name: "Full", attrs: fmt.Sprint(v, shape),
		shape: fixed(tensor.Shape(shape)),
		f32:   func(c *call[float32]) error { return constant(c, v) },
		f64:   func(c *call[float64]) error { return constant(c, v) },
	}, x)
}

func constant[T Float](c *call[T], v float64) error {
	for i := range c.out {
		c.out[i] = T(v)
	}
	return nil
}
