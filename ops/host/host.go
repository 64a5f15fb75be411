// Package host has products of sparse and dense matrices on plain slices,
// outside of any expression graph, by the kernels of package ops: for what is
// computed once before or after a training.
//
// Matrices are row-major and contiguous. Results have the same bits at any
// number of threads. Lengths are the caller's promise and are checked where a
// wrong one would reach memory that is not the caller's: then the functions
// panic, as copying out of range does.
package host

import (
	"fmt"

	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Sparse is a sparse matrix made ready for several products: a pattern with
// its values, which are all 1 where there are none.
type Sparse[T ops.Float] struct {
	csr    *kernels.CSR
	values []T
}

// NewSparse is the matrix of that pattern. values has one number an entry, in
// the pattern's order, or is nil: all 1. Both are kept, not copied.
func NewSparse[T ops.Float](p *ops.Pattern, values []T) Sparse[T] {
	if values != nil {
		want("values", len(values), p.NNZ())
	}
	return Sparse[T]{kernels.NewCSR(p.Rows(), p.Cols(), p.Ptr(), p.Col()), values}
}

// Rows is the number of rows.
func (m Sparse[T]) Rows() int { return m.csr.Rows }

// Cols is the number of columns.
func (m Sparse[T]) Cols() int { return m.csr.Cols }

// Transpose is the transposed matrix, in linear time. It has values if m has.
func (m Sparse[T]) Transpose() Sparse[T] {
	t, order := m.csr.Transpose()
	if m.values == nil {
		return Sparse[T]{t, nil}
	}
	values := make([]T, len(m.values))
	kernels.GatherVals(values, m.values, order)
	return Sparse[T]{t, values}
}

// Mul sets out = M·x, with x Cols×n and out Rows×n.
func (m Sparse[T]) Mul(out, x []T, n int) {
	want("out", len(out), m.csr.Rows*n)
	want("x", len(x), m.csr.Cols*n)
	if n > 0 {
		kernels.SpMM(out, m.csr, m.values, x, n)
	}
}

// Mul sets out = a·b, with a m×k, b k×n and out m×n.
func Mul[T ops.Float](out, a, b []T, m, k, n int) {
	want("out", len(out), m*n)
	want("a", len(a), m*k)
	want("b", len(b), k*n)
	if m*k*n == 0 {
		clear(out)
		return
	}
	kernels.MatMul(out, a, b, m, k, n)
}

// TransMul sets out = aᵀ·b, with a m×k, b m×n and out k×n.
func TransMul[T ops.Float](out, a, b []T, m, k, n int) {
	want("out", len(out), k*n)
	want("a", len(a), m*k)
	want("b", len(b), m*n)
	if m*k*n == 0 {
		clear(out)
		return
	}
	kernels.MatMulTN(out, a, b, m, k, n)
}

// FirstColumnOutside returns the first place of col that is no index of [0, cols),
// 1 ≤ cols < 2³¹; −1 where there is none.
func FirstColumnOutside(col []int32, cols int) int { return kernels.FirstColumnOutside(col, cols) }

// Room is n zeros, on large pages where the system has them and n is large:
// reads at random places of it miss the table of pages less often.
func Room[T ops.Float](n int) []T {
	x := make([]T, n)
	kernels.HugePages(x)
	return x
}

// Blocks calls f(b) once for every b from 0 to n−1, several at a time and in no
// order: a result that depends on nothing but b is the same at any number of
// threads.
func Blocks(n int, f func(b int)) { kernels.Blocks(n, f) }

// BlockRows is the number of rows of each block that [Rows] makes.
const BlockRows = 1024

// Rows calls f on the ranges [lo, hi) of BlockRows rows, the last perhaps
// shorter, that cover 0 to n−1; block counts them from 0.
func Rows(n int, f func(block, lo, hi int)) {
	kernels.Blocks((n+BlockRows-1)/BlockRows, func(b int) {
		f(b, b*BlockRows, min(n, (b+1)*BlockRows))
	})
}

func want(name string, got, size int) {
	if got != size {
		panic(fmt.Sprintf("host: %s has %d values, want %d", name, got, size))
	}
}
