package ops

import (
	"fmt"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// weightGradOp is the gradients of W and b of y = a(x·W + b), one behind the
// other, f+1×h: xᵀ·z and the sum of z's rows, for z = g ⊙ a'(y), which is made
// some rows at a time and never stored. It takes x, y and the factors of g.
func weightGradOp(act kernels.Act) *op {
	return &op{
		name: "LinearGrad", attrs: fmt.Sprint(act), wrt: []bool{},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			_, f := split(in[0])
			_, h := split(in[1])
			return tensor.Shape{f + 1, h}, nil
		},
		f32: func(c *call[float32]) error { return weightGrad(c, leftOf(c, 0), 1, act) },
		f64: func(c *call[float64]) error { return weightGrad(c, leftOf(c, 0), 1, act) },
	}
}

// leftOf is float input i as a left factor.
func leftOf[T Float](c *call[T], i int) []kernels.Left[T] {
	_, f := split(c.in[i].Shape())
	return []kernels.Left[T]{{X: c.float(i), K: f}}
}

// weightGrad is the gradients for left factors x; the inputs from y on are y and
// the factors of its gradient.
func weightGrad[T Float](c *call[T], x []kernels.Left[T], y int, act kernels.Act) error {
	rows, h := split(c.in[y].Shape())
	l := kernels.LinearGrad[T]{X: x, Y: c.float(y), G: c.float(y + 1), Act: act, M: rows, N: h}
	if len(c.in) > y+2 {
		_, l.P = split(c.in[y+1].Shape())
		l.V = c.float(y + 2)
	}
	if c.err == nil {
		l.Set(c.out)
	}
	return c.err
}

// factorsOf is u and v where g is the node of u·vᵀ, as the gradient of an
// activation whose one reader is a linear layer; else g alone.
func factorsOf(g ref) []ref {
	if of := hasRole(g.node, mulNTRole); of != nil {
		return of
	}
	return []ref{g}
}

// weightGrads are the parts of both, gradients of W and of b, where there is one.
func weightGrads(d *derivation, both ref, like []ref) (grads []ref) {
	from := 0
	for _, x := range like {
		grads = append(grads, d.apply(partOp(from, x.shape()), both))
		from += x.shape().TotalSize()
	}
	return grads
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
