package ops

import (
	"fmt"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// weightGradOp is the gradients of W and b of y = a(x·W + b), one behind the
// other, f+1×h: xᵀ·z and the sum of z's rows, for z = g ⊙ a'(y), which is made
// some rows at a time and never stored. It takes x, y and the factors of g. Of
// y = a(x₁·W₁ + x₂·W₂ + … + b), with so many left factors, it takes all of these
// in place of x, and the gradients of the W are one behind the other.
func weightGradOp(act kernels.Act, lefts int) *op {
	return &op{
		name: "LinearGrad", attrs: fmt.Sprint(act, lefts), wrt: []bool{},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			rows := 1
			for _, x := range in[:lefts] {
				_, f := split(x)
				rows += f
			}
			_, h := split(in[lefts])
			return tensor.Shape{rows, h}, nil
		},
		f32: func(c *call[float32]) error { return weightGrad(c, leftsOf(c, 0, lefts), lefts, act) },
		f64: func(c *call[float64]) error { return weightGrad(c, leftsOf(c, 0, lefts), lefts, act) },
	}
}

// leftsOf is the float inputs from..to-1 as left factors.
func leftsOf[T Float](c *call[T], from, to int) (lefts []kernels.Left[T]) {
	for i := from; i < to; i++ {
		_, f := split(c.in[i].Shape())
		lefts = append(lefts, kernels.Left[T]{X: c.float(i), K: f})
	}
	return lefts
}

// isInput tells whether x is an input of the graph, whose gradient nobody is
// likely to want.
func isInput(x ref) bool { return x.node != nil && x.node.Op() == nil }

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
