package ops

import (
	"fmt"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// ofLinear are the gradients of W and b of a(m·x·W + b), f×h and h, by one pass
// over the result y and its gradient g.
func (o propagation) ofLinear(d *derivation, in []ref, y, g ref) (dw, db ref) {
	w, b := in[2].shape(), in[3].shape()
	both := d.apply(o.gradOp(), append([]ref{in[0], in[1], y, g}, in[4:]...)...)
	return d.apply(partOp(0, w), both), d.apply(partOp(w.TotalSize(), b), both)
}

// gradOp is (m·x)ᵀ·z with the sum of z's rows as another row, z = g ⊙ a'(y).
// The pattern, x and the weights are not read: m·x is at hand, y has seen to it.
func (o propagation) gradOp() *op {
	return &op{
		name: "PropagateLinearGrad", attrs: fmt.Sprint(o.spmmOp, o.act), kinds: "p", wrt: []bool{},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			return tensor.Shape{in[1][1] + 1, in[2][1]}, nil
		},
		f32: func(c *call[float32]) error { return runPropagateGrad(c, o) },
		f64: func(c *call[float64]) error { return runPropagateGrad(c, o) },
	}
}

func runPropagateGrad[T Float](c *call[T], o propagation) error {
	ax, err := keptProduct[T](o.kept)
	if err != nil {
		return err
	}
	f, h := c.shape[0]-1, c.shape[1]
	kernels.LinearGrad(c.out[:f*h], c.out[f*h:], ax, c.float(2), c.float(3), o.act, o.rows, f, h)
	return nil
}

// partOp is a copy of the elements of x from one on, in the shape out.
func partOp(from int, out tensor.Shape) *op {
	return &op{
		name: "Part", attrs: fmt.Sprint(from, out),
		shape: fixed(out),
		f32:   func(c *call[float32]) error { return part(c, from) },
		f64:   func(c *call[float64]) error { return part(c, from) },
	}
}

func part[T Float](c *call[T], from int) error {
	copy(c.out, c.float(0)[from:])
	return nil
}
