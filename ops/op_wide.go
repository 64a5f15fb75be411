package ops

import "github.com/graphpool/graphpool/ops/internal/kernels"

// Sums over rows, entries, members or copies are added up in float64, whatever
// the type: the error of a sum of n numbers of float32 grows with n.

// addScaled is y += a·x.
func addScaled[T Float](y []float64, x []T, a float64) {
	x = x[:len(y)]
	for f, v := range x {
		y[f] += a * float64(v)
	}
}

// narrowTo sets out to x.
func narrowTo[T Float](out []T, x []float64) {
	for f, v := range x {
		out[f] = T(v)
	}
}

// sumsOfRows sets each row of k elements of out to what f adds up in sum, which
// begins at 0. A row costs about so much. Rows are apart, on all goroutines.
func sumsOfRows[T Float](out []T, k, cost int, f func(i int, sum []float64)) {
	kernels.ForRows(len(out)/k, cost, func(lo, hi int) {
		sum := make([]float64, k)
		for i := lo; i < hi; i++ {
			clear(sum)
			f(i, sum)
			narrowTo(out[i*k:], sum)
		}
	})
}
