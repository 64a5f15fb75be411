package ops

import (
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Linear is a fused linear layer:
//
//	y = a(x·W + b)
//
// Shapes: x rows×f of rank 2 to 4, W f×h, b a vector of h or nil for none;
// the result is x's shape with its last axis h.
// Gradient: with z = g ⊙ a'(y): to x, z·Wᵀ; to W, xᵀ·z; to b, the sum of z's
// rows.
func Linear(x, w, b *G.Node, a Activation) (*G.Node, error) {
	act, err := a.kernel()
	if err != nil {
		return nil, fmt.Errorf("ops: Linear: %w", err)
	}
	in := []*G.Node{x, w}
	if b != nil {
		in = append(in, b)
	}
	o := &op{
		name: "Linear", attrs: string(a), sides: firstBySecond(), byResult: true, wrt: []bool{true, true, true},
		shape: linearShape,
		f32:   func(c *call[float32]) error { return linear(c, act) },
		f64:   func(c *call[float64]) error { return linear(c, act) },
		diff:  func(d *derivation, in []ref, y, g ref) []ref { return layerGrads(d, act, in, y, g) },
	}
	if act == kernels.Identity {
		o.role = affineRole
	}
	return apply(o, in...)
}

// linearGrads are the gradients of the inputs of x₁·W₁ + x₂·W₂ + … + b, each x
// before its W and b, where there is one, last, for the gradient g of it.
func linearGrads(d *derivation, in []ref, g ref) (grads []ref) {
	for ; len(in) >= 2; in = in[2:] {
		grads = append(grads, d.apply(mulNTOp(), g, in[1]), d.apply(mulTNOp(), in[0], g))
	}
	if len(in) == 1 {
		grads = append(grads, d.apply(segmentSumOp(in[0].shape()), g))
	}
	return grads
}

// layerGrads are those of linearGrads for y = a(x₁·W₁ + x₂·W₂ + … + b) and the
// gradient g of y. Those of the weights are one pass where there is an activation,
// and each x is an input.
func layerGrads(d *derivation, act kernels.Act, in []ref, y, g ref) []ref {
	if act == kernels.Identity {
		return linearGrads(d, in, g)
	}
	z := d.apply(activationGradOp(act), y, g)
	var left, weights []ref // weights: each W, and b
	for i, x := range in {
		switch {
		case i%2 == 1 || i == len(in)-1:
			weights = append(weights, x)
		case !isInput(x):
			return linearGrads(d, in, z)
		default:
			left = append(left, x)
		}
	}
	all := d.apply(weightGradOp(act, len(left)), slices.Concat(left, []ref{y}, factorsOf(g))...)
	var grads []ref
	for i, of := range weightGrads(d, all, weights) {
		if i < len(left) {
			grads = append(grads, d.apply(mulNTOp(), z, weights[i]))
		}
		grads = append(grads, of)
	}
	return grads
}

func linearShape(in []tensor.Shape) (tensor.Shape, error) {
	if err := wantRank("x", in[0], 2, 4); err != nil {
		return nil, err
	}
	if err := wantRank("the kernel", in[1], 2, 2); err != nil {
		return nil, err
	}
	_, f := split(in[0])
	if f != in[1][0] {
		return nil, fmt.Errorf("x has shape %v and the kernel %v, want %d rows in the kernel", in[0], in[1], f)
	}
	if len(in) == 3 && (in[2].Dims() != 1 || in[2][0] != in[1][1]) {
		return nil, fmt.Errorf("the bias has shape %v, want (%d)", in[2], in[1][1])
	}
	return withLast(in[0], in[1][1]), nil
}

func linear[T Float](c *call[T], a kernels.Act) error {
	rows, f := split(c.in[0].Shape())
	kernels.Linear(c.out, c.float(0), c.float(1), c.floatIfAny(2), a, rows, f, c.in[1].Shape()[1])
	return nil
}

// mulNTOp is a·bᵀ, a rows×n and b k×n: rows×k.
func mulNTOp() *op {
	return &op{
		name: "MulNT", role: mulNTRole, wrt: []bool{true, true},
		shape: func(in []tensor.Shape) (tensor.Shape, error) { return withLast(in[0], in[1][0]), nil },
		f32:   mulNT[float32], f64: mulNT[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(mulOp(), g, in[1]), d.apply(mulTNOp(), g, in[0])}
		},
	}
}

func mulNT[T Float](c *call[T]) error {
	rows, n := split(c.in[0].Shape())
	kernels.MatMulNT(c.out, c.float(0), c.float(1), rows, n, c.in[1].Shape()[0])
	return nil
}

// mulTNOp is aᵀ·b over the rows of both, a rows×k and b rows×n: k×n.
func mulTNOp() *op {
	return &op{
		name: "MulTN", wrt: []bool{true, true},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			_, k := split(in[0])
			_, n := split(in[1])
			return tensor.Shape{k, n}, wantSameRows(in)
		},
		f32: mulTN[float32], f64: mulTN[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(mulNTOp(), in[1], g), d.apply(mulOp(), in[0], g)}
		},
	}
}

func mulTN[T Float](c *call[T]) error {
	rows, k := split(c.in[0].Shape())
	kernels.MatMulTN(c.out, c.float(0), c.float(1), rows, k, c.shape[1])
	return nil
}

// mulOp is a·b, a rows×k and b k×n: rows×n.
func mulOp() *op {
	return &op{
		name: "Mul", wrt: []bool{true, true},
		shape: linearShape,
		f32:   func(c *call[float32]) error { return linear(c, kernels.Identity) },
		f64:   func(c *call[float64]) error { return linear(c, kernels.Identity) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(mulNTOp(), g, in[1]), d.apply(mulTNOp(), in[0], g)}
		},
	}
}

// BatchMul is the product of matrices, one a batch element, either of them
// transposed if asked: y_b = op(a_b)·op(b_b).
//
// Shapes: a and b are B×m×k and B×k×n before transposition; either may be a
// single matrix, of rank 2 or with B = 1, that every element shares. The
// result is B×m×n, or m×n where both are of rank 2.
// Gradient: to a and to b; that of a shared matrix is summed over the batch.
func BatchMul(a, b *G.Node, transA, transB bool) (*G.Node, error) {
	return apply(batchMulOp(batchMul{transA: transA, transB: transB}), a, b)
}

// batchMul says which operand is transposed, and whether the results of the
// batch are added up, into a matrix of the given rank.
type batchMul struct {
	transA, transB bool
	sum            bool
	rank           int
}

func batchMulOp(o batchMul) *op {
	return &op{
		name: "BatchMul", attrs: fmt.Sprint(o), sides: firstBySecond(), wrt: []bool{true, true},
		shape: o.shape,
		f32:   func(c *call[float32]) error { return runBatchMul(c, o) },
		f64:   func(c *call[float64]) error { return runBatchMul(c, o) },
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			a, b := in[0], in[1]
			batch := batchOf(y.shape())
			left := batchMul{transB: !o.transB}
			if o.transA {
				left = batchMul{transA: o.transB, transB: true}
			}
			right := batchMul{transA: !o.transA}
			if o.transB {
				right = batchMul{transA: true, transB: o.transA}
			}
			ga, gb := []ref{g, b}, []ref{a, g}
			if o.transA {
				ga[0], ga[1] = b, g
			}
			if o.transB {
				gb[0], gb[1] = g, a
			}
			left.sumInto(a.shape(), batch)
			right.sumInto(b.shape(), batch)
			return []ref{d.apply(batchMulOp(left), ga...), d.apply(batchMulOp(right), gb...)}
		},
	}
}

// sumInto makes o's result one of shape s, which is that of a shared operand
// where the batch is larger than its own.
func (o *batchMul) sumInto(s tensor.Shape, batch int) {
	o.rank = s.Dims()
	o.sum = batch > batchOf(s)
}

func batchOf(s tensor.Shape) int {
	if s.Dims() == 3 {
		return s[0]
	}
	return 1
}

// matrix is the last two axes of s, swapped if asked.
func matrix(s tensor.Shape, trans bool) (m, n int) {
	m, n = s[s.Dims()-2], s[s.Dims()-1]
	if trans {
		m, n = n, m
	}
	return m, n
}

func (o batchMul) shape(in []tensor.Shape) (tensor.Shape, error) {
	for i, what := range []string{"a", "b"} {
		if err := wantRank(what, in[i], 2, 3); err != nil {
			return nil, err
		}
	}
	m, k := matrix(in[0], o.transA)
	k2, n := matrix(in[1], o.transB)
	ba, bb := batchOf(in[0]), batchOf(in[1])
	if k != k2 || ba != bb && ba != 1 && bb != 1 {
		return nil, fmt.Errorf("shapes %v and %v (transposed: %v, %v), want B×m×k and B×k×n", in[0], in[1], o.transA, o.transB)
	}
	batch, rank := max(ba, bb), max(in[0].Dims(), in[1].Dims())
	if o.rank != 0 {
		rank = o.rank
	}
	if o.sum {
		batch = 1
	}
	if rank == 2 {
		return tensor.Shape{m, n}, nil
	}
	return tensor.Shape{batch, m, n}, nil
}

func runBatchMul[T Float](c *call[T], o batchMul) error {
	a, b := c.float(0), c.float(1)
	m, k := matrix(c.in[0].Shape(), o.transA)
	_, n := matrix(c.in[1].Shape(), o.transB)
	ba, bb := batchOf(c.in[0].Shape()), batchOf(c.in[1].Shape())
	if !o.sum {
		kernels.BatchMul(c.out, a, b, ba, bb, m, k, n, o.transA, o.transB)
		return nil
	}
	part, sum := make([]T, m*n), make([]float64, m*n)
	for i := range max(ba, bb) {
		x, y := a[i%ba*m*k:][:m*k], b[i%bb*k*n:][:k*n]
		kernels.BatchMul(part, x, y, 1, 1, m, k, n, o.transA, o.transB)
		addScaled(sum, part, 1)
	}
	narrowTo(c.out, sum)
	return nil
}
