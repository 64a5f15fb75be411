package ops

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
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
func gemm[T number](a, b operand[T], m, n, k int, alpha, beta T, c []T, ldc int) bool {
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
func accumulateScaled[T number](y, x []T, alpha, beta T) {
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
func gemv[T number](a operand[T], m, n int, alpha T, x []T, incX int, beta T, y []T, incY int) bool {
	if incX != 1 || incY != 1 {
		return false
	}
	if a.transposed() { // a row vector times a matrix
		a.trans = blas.NoTrans
		return gemm(operand[T]{x, m, blas.NoTrans}, a, 1, n, m, alpha, beta, y, n)
	}
	return gemm(a, operand[T]{x, 1, blas.NoTrans}, m, 1, n, alpha, beta, y, 1)
}
