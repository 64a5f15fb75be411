package ops

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// BLAS gives Gorgonia's built-in products of real matrices the kernels of this
// package. A program opts in with one line, for all of its graphs:
//
//	G.Use(ops.BLAS{})
//
// Sgemm and Dgemm are replaced, with every combination of transposes,
// factors and strides, and Sgemv and Dgemv where the vectors are contiguous;
// everything else is Gonum's, which it embeds.
//
// Results differ from Gonum's by rounding; they have the same bits on every
// number of threads. A zero in a does not hide a NaN or an infinity in b, as
// it does in Gonum's. Arguments that BLAS forbids panic as they do there.
type BLAS struct{ gonum.Implementation }

// Sgemm sets c = alpha·op(a)·op(b) + beta·c.
func (l BLAS) Sgemm(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	if !gemm(operand[float32]{a, lda, tA}, operand[float32]{b, ldb, tB}, m, n, k, alpha, beta, c, ldc) {
		l.Implementation.Sgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
	}
}

// Dgemm sets c = alpha·op(a)·op(b) + beta·c.
func (l BLAS) Dgemm(tA, tB blas.Transpose, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	if !gemm(operand[float64]{a, lda, tA}, operand[float64]{b, ldb, tB}, m, n, k, alpha, beta, c, ldc) {
		l.Implementation.Dgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
	}
}

// Sgemv sets y = alpha·op(a)·x + beta·y.
func (l BLAS) Sgemv(tA blas.Transpose, m, n int, alpha float32, a []float32, lda int, x []float32, incX int, beta float32, y []float32, incY int) {
	if !gemv(operand[float32]{a, lda, tA}, m, n, alpha, x, incX, beta, y, incY) {
		l.Implementation.Sgemv(tA, m, n, alpha, a, lda, x, incX, beta, y, incY)
	}
}

// Dgemv sets y = alpha·op(a)·x + beta·y.
func (l BLAS) Dgemv(tA blas.Transpose, m, n int, alpha float64, a []float64, lda int, x []float64, incX int, beta float64, y []float64, incY int) {
	if !gemv(operand[float64]{a, lda, tA}, m, n, alpha, x, incX, beta, y, incY) {
		l.Implementation.Dgemv(tA, m, n, alpha, a, lda, x, incX, beta, y, incY)
	}
}

// smallProduct is the number of multiplications below which a product is left
// to Gonum, whose call costs less.
const smallProduct = 64

// gemm sets c = alpha·a·b + beta·c, with a m×k, b k×n and c m×n once they are
// transposed. False, with nothing done, for what Gonum is to do or to refuse.
func gemm[T Float](a, b operand[T], m, n, k int, alpha, beta T, c []T, ldc int) bool {
	if m < 1 || n < 1 || k < 1 || m*n*k < smallProduct || alpha == 0 {
		return false
	}
	if !a.fits(m, k) || !b.fits(k, n) || ldc < n || len(c) < (m-1)*ldc+n {
		return false
	}
	x, y := a.packed(m, k), b.packed(k, n)
	if alpha == 1 && beta == 0 && (ldc == n || m == 1) {
		multiply(c[:m*n], x, y, m, n, k, a.transposed(), b.transposed())
		return true
	}
	product := make([]T, m*n)
	multiply(product, x, y, m, n, k, a.transposed(), b.transposed())
	for i := range m {
		accumulateScaled(c[i*ldc:i*ldc+n], product[i*n:], alpha, beta)
	}
	return true
}

// accumulateScaled sets y = alpha·x + beta·y, without a look at y where beta
// is 0.
func accumulateScaled[T Float](y, x []T, alpha, beta T) {
	for j := range y {
		if beta == 0 {
			y[j] = alpha * x[j]
		} else {
			y[j] = alpha*x[j] + beta*y[j]
		}
	}
}

// gemv sets y = alpha·op(a)·x + beta·y, with a m×n in memory. False, with
// nothing done, for what Gonum is to do or to refuse.
func gemv[T Float](a operand[T], m, n int, alpha T, x []T, incX int, beta T, y []T, incY int) bool {
	if incX != 1 || incY != 1 {
		return false
	}
	if a.transposed() { // a row vector times a matrix
		a.trans = blas.NoTrans
		return gemm(operand[T]{x, m, blas.NoTrans}, a, 1, n, m, alpha, beta, y, n)
	}
	return gemm(a, operand[T]{x, 1, blas.NoTrans}, m, 1, n, alpha, beta, y, 1)
}

// operand is a factor of a product: a row-major matrix whose rows are ld apart,
// transposed before it is multiplied or not.
type operand[T Float] struct {
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
func multiply[T Float](out, x, y []T, m, n, k int, transX, transY bool) {
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
func turned[T Float](x []T, rows, cols int) []T {
	out := make([]T, rows*cols)
	kernels.Transpose(out, x, rows, cols)
	return out
}

// rowDots sets out = a·x for a matrix of rows×n and a vector. It does not go
// to Gonum, whose sums depend on where in memory the vectors begin.
func rowDots[T Float](out, a, x []T, rows, n int) {
	kernels.MatMulNT(out, a, x, rows, n, 1)
}
