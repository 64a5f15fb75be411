package ops

import (
	"errors"
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// PropagateLinear is a linear layer on features that a sparse matrix has
// propagated:
//
//	y = a((m·x)·W + b)
//
// It is for m and x that stay from run to run, the inputs of a model: m·x is
// kept, and computed again when a value of m or x is another one, be it by Let
// or written into the tensor that is bound. Whether it is, is told from the
// pattern and a fingerprint of 64 bits of the weights and of x, which each run
// takes: one pass over them, where the product is one pass over x an entry.
// The op holds as much memory as x has.
//
// Shapes: m Rows×Cols, x Cols×f, W f×h, b a vector of h or nil for none; the
// result is Rows×h.
// Gradient: with z = g ⊙ a'(y): to W, (m·x)ᵀ·z from what is kept; to b, the sum
// of z's rows; to x, mᵀ·(z·Wᵀ); to m's weights, (z·Wᵀ)_{row(e)} · x_{col(e)}.
func PropagateLinear(m Sparse, x, w, b *G.Node, a Activation) (*G.Node, error) {
	act, err := a.kernel()
	if err == nil {
		err = m.check()
	}
	if err != nil {
		return nil, fmt.Errorf("ops: PropagateLinear: %w", err)
	}
	o := propagation{spmmOp: spmmOp{m.Rows, m.Cols, false, m.Symmetric}, act: act, bias: b != nil, kept: new(propagated)}
	in := []*G.Node{m.Pattern, x, w}
	if b != nil {
		in = append(in, b)
	}
	if m.Weights != nil {
		in = append(in, m.Weights)
	}
	return apply(o.op(), in...)
}

// propagation is products with m·x.
type propagation struct {
	spmmOp
	act  kernels.Act
	bias bool
	kept *propagated
}

// op takes the pattern, x, W, the bias and the weights, where there are any.
func (o propagation) op() *op {
	last := 3 // the input that the weights are
	if o.bias {
		last = 4
	}
	return &op{
		name: "PropagateLinear", attrs: fmt.Sprint(o.spmmOp, o.act, o.bias), kinds: "p",
		wrt: []bool{false, true, true, true, true},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			if in[1].Dims() != 2 || in[1][0] != o.cols {
				return nil, fmt.Errorf("x has shape %v, want (%d, f)", in[1], o.cols)
			}
			y, err := linearShape(in[1:last])
			if err != nil {
				return nil, err
			}
			return tensor.Shape{o.rows, y[1]}, nil
		},
		f32: func(c *call[float32]) error { return runPropagation(c, o, last) },
		f64: func(c *call[float64]) error { return runPropagation(c, o, last) },
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			z := g
			if o.act != kernels.Identity {
				z = d.apply(activationGradOp(o.act), y, g)
			}
			weights := in[last:]
			dx, dm := o.operands(d, in[0], in[1], d.apply(mulNTOp(), z, in[2]), weights)
			if o.bias && o.act != kernels.Identity {
				dw, db := o.ofLinear(d, in, y, g)
				return append([]ref{{}, dx, dw, db}, dm...)
			}
			dw := d.apply(o.transOp(), append([]ref{in[0], in[1], z, y}, weights...)...)
			grads := []ref{{}, dx, dw}
			if o.bias {
				grads = append(grads, d.apply(segmentSumOp(in[3].shape()), z))
			}
			return append(grads, dm...)
		},
	}
}

// operands are the gradients of x and of the weights, where there are any, for
// the gradient g of m·x.
func (o propagation) operands(d *derivation, pattern, x, g ref, weights []ref) (dx ref, dm []ref) {
	adjoint := o.spmmOp
	adjoint.transposed = true
	dx = d.apply(adjoint.op(), append([]ref{pattern, g}, weights...)...)
	for _, w := range weights {
		dm = append(dm, d.apply(edgeDotOp(o.rows, o.cols, w.shape()), pattern, g, x))
	}
	return dx, dm
}

func runPropagation[T Float](c *call[T], o propagation, last int) error {
	ax, err := propagate(c, o, last)
	if err != nil {
		return err
	}
	var bias []T
	if o.bias {
		bias = c.float(3)
	}
	kernels.Linear(c.out, ax, c.float(2), bias, o.act, o.rows, c.in[1].Shape()[1], c.shape[1])
	return c.err
}

// transOp is (m·x)ᵀ·z, over the pattern, x, z, the result of the forward
// product, and the weights where there are any. That result is not read: it
// says that the forward product has run, which has brought m·x up to date.
func (o propagation) transOp() *op {
	return &op{
		name: "PropagateTransMul", attrs: fmt.Sprint(o.spmmOp), kinds: "p", wrt: []bool{false, true, true, false, true},
		shape: func(in []tensor.Shape) (tensor.Shape, error) { return tensor.Shape{in[1][1], in[2][1]}, nil },
		f32:   func(c *call[float32]) error { return runPropagateTransMul(c, o) },
		f64:   func(c *call[float64]) error { return runPropagateTransMul(c, o) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			x, z, weights := in[1], in[2], in[4:]
			linear := propagation{spmmOp: o.spmmOp, kept: new(propagated)}
			dz := d.apply(linear.op(), append([]ref{in[0], x, g}, weights...)...)
			dx, dm := o.operands(d, in[0], x, d.apply(mulNTOp(), z, g), weights)
			return append([]ref{{}, dx, dz, {}}, dm...)
		},
	}
}

func runPropagateTransMul[T Float](c *call[T], o propagation) error {
	ax, err := keptProduct[T](o.kept)
	if err != nil {
		return err
	}
	kernels.MatMulTN(c.out, ax, c.float(2), o.rows, c.shape[0], c.shape[1])
	return nil
}

// propagated is m·x and what it was computed from.
type propagated struct {
	of         *Pattern // nil: nothing yet
	x, weights uint64   // fingerprints
	product    block
}

// propagate is m·x of a call whose weights are input last, where there are any.
func propagate[T Float](c *call[T], o propagation, last int) ([]T, error) {
	p, err := c.pattern(0, o.rows, o.cols)
	if err != nil {
		return nil, err
	}
	var w []T
	if len(c.in) > last {
		if w, err = c.weights(last, p); err != nil {
			return nil, err
		}
		w = w[:p.NNZ()]
	}
	x := c.float(1)
	if c.err != nil {
		return nil, c.err
	}
	kept, now := o.kept, propagated{of: p, x: kernels.Fingerprint(x), weights: kernels.Fingerprint(w)}
	f := c.in[1].Shape()[1]
	out := elements[T](kept.product)
	if kept.of == now.of && kept.x == now.x && kept.weights == now.weights && len(out) == o.rows*f {
		return out, nil
	}
	kept.of = nil // until it is whole
	if len(out) != o.rows*f {
		kept.product = newBlock[T](o.rows * f)
		out = elements[T](kept.product)
	}
	kernels.SpMM(out, p.csr, w, x, f)
	now.product = kept.product
	*kept = now
	return out, nil
}

// keptProduct is m·x as the forward product left it.
func keptProduct[T Float](kept *propagated) ([]T, error) {
	if kept.of == nil {
		return nil, errors.New("the product has not been computed, want the forward pass before its gradient")
	}
	return elements[T](kept.product), nil
}

// ofLinear are the gradients of W and b of a(m·x·W + b), f×h and h, by one pass
// over the result y and its gradient g.
func (o propagation) ofLinear(d *derivation, in []ref, y, g ref) (dw, db ref) {
	of := factorsOf(g)
	both := d.apply(o.gradOp(len(of)), slices.Concat([]ref{in[0], in[1], y}, of, in[4:])...)
	grads := weightGrads(d, both, in[2:4])
	return grads[0], grads[1]
}

// gradOp is that of weightGradOp for m·x, with so many factors of g. The
// pattern, x and the weights behind the factors are not read: m·x is at hand, y
// has seen to it.
func (o propagation) gradOp(factors int) *op {
	read := 3 + factors
	return &op{
		name: "PropagateLinearGrad", attrs: fmt.Sprint(o.spmmOp, o.act, factors), kinds: "p", wrt: []bool{},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			return tensor.Shape{in[1][1] + 1, in[2][1]}, nil
		},
		f32: func(c *call[float32]) error { return runPropagateGrad(c, o, read) },
		f64: func(c *call[float64]) error { return runPropagateGrad(c, o, read) },
	}
}

func runPropagateGrad[T Float](c *call[T], o propagation, read int) error {
	ax, err := keptProduct[T](o.kept)
	if err != nil {
		return err
	}
	c.in = c.in[:read]
	return weightGrad(c, ax, 2, o.act)
}
