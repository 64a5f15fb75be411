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
// takes: one pass over them, where the product is one pass over x an entry. None
// is taken of what a Workspace has sealed.
// The op holds as much memory as x has.
//
// Shapes: m Rows×Cols, x Cols×f, W f×h, b a vector of h or nil for none; the
// result is Rows×h.
// Gradient: with z = g ⊙ a'(y): to W, (m·x)ᵀ·z from what is kept; to b, the sum
// of z's rows; to x, mᵀ·(z·Wᵀ); to m's weights, (z·Wᵀ)_{row(e)} · x_{col(e)}.
func PropagateLinear(m Sparse, x, w, b *G.Node, a Activation) (*G.Node, error) {
	return propagateLinear("PropagateLinear", m, a, x, w, nil, b)
}

// PropagateLinearBeside is PropagateLinear with a product of x itself beside:
//
//	y = a((m·x)·W + x·V + b)
//
// for layers that tell a node from its neighbours, with one result for both.
//
// Shapes: m square, V f×h, the others as for PropagateLinear.
// Gradient: as that of PropagateLinear; to V, xᵀ·z; to x, z·Vᵀ more.
func PropagateLinearBeside(m Sparse, x, w, v, b *G.Node, a Activation) (*G.Node, error) {
	if v == nil {
		return nil, errors.New("ops: PropagateLinearBeside: V is nil, want a node")
	}
	return propagateLinear("PropagateLinearBeside", m, a, x, w, v, b)
}

// propagateLinear is the op of that name; v and b may be nil.
func propagateLinear(name string, m Sparse, a Activation, x, w, v, b *G.Node) (*G.Node, error) {
	act, err := a.kernel()
	if err == nil {
		err = m.check()
	}
	if err == nil && v != nil && m.Rows != m.Cols {
		err = fmt.Errorf("a %d×%d matrix, want a square one", m.Rows, m.Cols)
	}
	if err != nil {
		return nil, fmt.Errorf("ops: %s: %w", name, err)
	}
	o := propagation{spmmOp: spmmOp{m.Rows, m.Cols, false, m.Symmetric}, name: name, act: act, bias: 3, last: 3, kept: new(propagated)}
	in := []*G.Node{m.Pattern, x, w}
	if v != nil {
		in, o.bias = append(in, v), 4
	}
	if b != nil {
		in = append(in, b)
	}
	o.last = len(in)
	if m.Weights != nil {
		in = append(in, m.Weights)
	}
	return apply(o.op(), in...)
}

// propagation is products with m·x.
type propagation struct {
	spmmOp
	name string
	act  kernels.Act
	bias int // the input that the bias is, if it is not last; V is input 3 where bias is 4
	last int // the input that the weights are, where there are any
	kept *propagated
}

func (o propagation) beside() bool { return o.bias == 4 }

func (o propagation) sides() sides {
	s := sides{left: []int{1, o.last}, right: []int{2}}
	if o.beside() {
		s.right = append(s.right, 3)
	}
	return s
}

// op takes the pattern, x, W, V, the bias and the weights, where there are any.
func (o propagation) op() *op {
	return &op{
		name: o.name, attrs: fmt.Sprint(o.spmmOp, o.act, o.bias, o.last), kinds: "p", sides: o.sides(),
		wrt:   []bool{false, true, true, true, true, true},
		shape: o.shape,
		f32:   func(c *call[float32]) error { return runPropagation(c, o) },
		f64:   func(c *call[float64]) error { return runPropagation(c, o) },
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			z := g
			if o.act != kernels.Identity {
				z = d.apply(activationGradOp(o.act), y, g)
			}
			dx, dm := o.operands(d, in[0], in[1], d.apply(mulNTOp(), z, in[2]), in[o.last:])
			if o.beside() {
				dx = d.apply(plusOp(), dx, d.apply(mulNTOp(), z, in[3]))
			}
			grads := append([]ref{{}, dx}, o.ofLinear(d, in, y, z, g)...)
			return append(grads, dm...)
		},
	}
}

func (o propagation) shape(in []tensor.Shape) (tensor.Shape, error) {
	if in[1].Dims() != 2 || in[1][0] != o.cols {
		return nil, fmt.Errorf("x has shape %v, want (%d, f)", in[1], o.cols)
	}
	if o.beside() && !same(in[3], in[2]) {
		return nil, fmt.Errorf("the kernels W and V have shapes %v and %v, want one shape", in[2], in[3])
	}
	y, err := linearShape(append([]tensor.Shape{in[1], in[2]}, in[o.bias:o.last]...))
	if err != nil {
		return nil, err
	}
	return tensor.Shape{o.rows, y[1]}, nil
}

// plusOp is a + b.
func plusOp() *op {
	return &op{
		name: "Plus", shape: allSame,
		f32: plus[float32], f64: plus[float64],
	}
}

func plus[T Float](c *call[T]) error {
	inParts(c.out, c.float(0), c.float(1), addInto[T])
	return nil
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

func runPropagation[T Float](c *call[T], o propagation) error {
	ax, err := propagate(c, o)
	if err != nil {
		return err
	}
	var bias []T
	if o.bias < o.last {
		bias = c.float(o.bias)
	}
	f, h := c.in[1].Shape()[1], c.shape[1]
	if o.beside() {
		kernels.LinearSum(c.out, ax, c.float(2), c.float(1), c.float(3), bias, o.act, o.rows, f, f, h)
	} else {
		kernels.Linear(c.out, ax, c.float(2), bias, o.act, o.rows, f, h)
	}
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
			linear := propagation{spmmOp: o.spmmOp, name: "PropagateLinear", bias: 3, last: 3, kept: new(propagated)}
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
	x, weights content
	product    block
}

// propagate is m·x of a call.
func propagate[T Float](c *call[T], o propagation) ([]T, error) {
	p, err := c.pattern(0, o.rows, o.cols)
	if err != nil {
		return nil, err
	}
	var w []T
	if len(c.in) > o.last {
		if w, err = c.weights(o.last, p); err != nil {
			return nil, err
		}
		w = w[:p.NNZ()]
	}
	x := c.float(1)
	if c.err != nil {
		return nil, c.err
	}
	kept := o.kept
	now := propagated{of: p, x: contentOf(c.space, x, kept.x), weights: contentOf(c.space, w, kept.weights)}
	f := c.in[1].Shape()[1]
	out := elements[T](kept.product)
	if kept.of == now.of && kept.x.equal(now.x) && kept.weights.equal(now.weights) && len(out) == o.rows*f {
		now.product = kept.product
		*kept = now
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

// ofLinear are the gradients of W, V and b, where they are there: by one pass
// over the result y and its gradient g where there is an activation, and by z, g
// itself, where there is none.
func (o propagation) ofLinear(d *derivation, in []ref, y, z, g ref) (grads []ref) {
	if o.act != kernels.Identity {
		of := factorsOf(g)
		both := d.apply(o.gradOp(len(of)), slices.Concat(in[:2], []ref{y}, of, in[o.last:])...)
		return weightGrads(d, both, in[2:o.last])
	}
	grads = append(grads, d.apply(o.transOp(), append([]ref{in[0], in[1], z, y}, in[o.last:]...)...))
	if o.beside() {
		grads = append(grads, d.apply(mulTNOp(), in[1], z))
	}
	if o.bias < o.last {
		grads = append(grads, d.apply(segmentSumOp(in[o.bias].shape()), z))
	}
	return grads
}

// gradOp is that of weightGradOp for m·x, and x where there is a V, with so many
// factors of g. The pattern and the weights behind the factors are not read: m·x
// is at hand, y has seen to it.
func (o propagation) gradOp(factors int) *op {
	read := 3 + factors
	return &op{
		name: o.name + "Grad", attrs: fmt.Sprint(o.spmmOp, o.act, factors), kinds: "p", wrt: []bool{},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			rows := in[1][1] + 1
			if o.beside() {
				rows += in[1][1]
			}
			return tensor.Shape{rows, in[2][1]}, nil
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
	left := []kernels.Left[T]{{X: ax, K: c.in[1].Shape()[1]}}
	if o.beside() {
		left = append(left, leftsOf(c, 1, 2)...)
	}
	c.in = c.in[:read]
	return weightGrad(c, left, 2, o.act)
}
