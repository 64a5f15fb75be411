package ops

import (
	"gonum.org/v1/gonum/blas"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// operand is a factor of a product: a row-major matrix whose rows are ld apart,
// transposed before it is multiplied or not.
type operand[T number] struct {
	data  []T
	ld    int
	trans blas.Transpose
}

func (o operand[T]) transposed() bool { return o.trans != blas.NoTrans }

// stored is the shape in memory of a factor that is rows×cols in the product.
func (o operand[T]) stored(rows, cols int) (int, int) {
	if o.transposed() {
		return cols, rows
	}
	return rows, cols
}

// fits tells whether BLAS allows the operand as a factor of rows×cols.
func (o operand[T]) fits(rows, cols int) bool {
	if o.trans != blas.NoTrans && o.trans != blas.Trans && o.trans != blas.ConjTrans {
		return false
	}
	rows, cols = o.stored(rows, cols)
	return o.ld >= cols && len(o.data) >= (rows-1)*o.ld+cols
}

// packed is the elements row after row, copied only where rows lie apart.
func (o operand[T]) packed(rows, cols int) []T {
	rows, cols = o.stored(rows, cols)
	if o.ld == cols || rows == 1 {
		return o.data[:rows*cols]
	}
	out := make([]T, rows*cols)
	for i := range rows {
		copy(out[i*cols:(i+1)*cols], o.data[i*o.ld:])
	}
	return out
}

// multiply sets out = x·y, m×n, of packed factors. What is transposed first is
// the smaller matrix.
func multiply[T number](out, x, y []T, m, n, k int, transX, transY bool) {
	switch {
	case n == 1 && !transX:
		rowDots(out, x, y, m, k)
	case m == 1 && transY:
		rowDots(out, y, x, n, k)
	case n == 1: // yᵀ·x, whatever y's shape
		kernels.MatMul(out, y, x, 1, k, m)
	case transX && !transY && k < m: // more sums than terms of each
		kernels.MatMul(out, turned(x, k, m), y, m, k, n)
	case transY && !transX && m*(n+k) < n*k: // (y·xᵀ)ᵀ
		t := make([]T, m*n)
		kernels.MatMul(t, y, turned(x, m, k), n, k, m)
		kernels.Transpose(out, t, n, m)
	default:
		kernels.BatchMul(out, x, y, 1, 1, m, k, n, transX, transY)
	}
}

// turned is the transpose of x.
func turned[T number](x []T, rows, cols int) []T {
	out := make([]T, rows*cols)
	kernels.Transpose(out, x, rows, cols)
	return out
}

// rowDots sets out = a·x for a matrix of rows×n and a vector. It does not go
// to Gonum, whose sums depend on where in memory the vectors begin.
func rowDots[T number](out, a, x []T, rows, n int) {
	kernels.MatMulNT(out, a, x, rows, n, 1)
}
