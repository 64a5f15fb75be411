package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

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
		name: "BatchMul", attrs: fmt.Sprint(o), wrt: []bool{true, true},
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
	clear(c.out)
	part := make([]T, m*n)
	for i := range max(ba, bb) {
		x, y := a[i%ba*m*k:][:m*k], b[i%bb*k*n:][:k*n]
		kernels.BatchMul(part, x, y, 1, 1, m, k, n, o.transA, o.transB)
		for j, v := range part {
			c.out[j] += v
		}
	}
	return nil
}
