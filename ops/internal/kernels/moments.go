package kernels

// The functions here work down the columns of rows that lie ld elements apart,
// with sums and means in float64. A column is added up row by row, so that the
// bits are the same on every machine.

// momentWidths are the vectors of float64 that the assembly takes together.
var momentWidths = []int{4, 2, 1}

// wideColumns calls f for parts of n columns, each of vecs vectors of float64,
// and returns the first column that is in none.
func wideColumns(n, rows int, f func(j, vecs int)) int {
	if level == plain || rows == 0 {
		return 0
	}
	lanes, j := lanes[float64](), 0
	for _, vecs := range momentWidths {
		for ; n-j >= vecs*lanes; j += vecs * lanes {
			f(j, vecs)
		}
	}
	return j
}

// ColSums adds x to sum.
func ColSums[T Float](sum []float64, x []T, ld, rows int) {
	n := len(sum)
	from := wideColumns(n, rows, func(j, vecs int) { asmColSums(&sum[j], &x[j], ld, rows, vecs) })
	for i := range rows {
		row := x[i*ld:][:n]
		for j := from; j < n; j++ {
			sum[j] += float64(row[j])
		}
	}
}

// ColSquares adds (x − mean)² to sum.
func ColSquares[T Float](sum, mean []float64, x []T, ld, rows int) {
	n := len(sum)
	from := wideColumns(n, rows, func(j, vecs int) { asmColSquares(&sum[j], &mean[j], &x[j], ld, rows, vecs) })
	for i := range rows {
		row := x[i*ld:][:n]
		for j := from; j < n; j++ {
			d := float64(row[j]) - mean[j]
			sum[j] += d * d
		}
	}
}

// ColProducts adds g to sum and g∘y to along.
func ColProducts[T Float](sum, along []float64, g, y []T, ld, rows int) {
	n := len(sum)
	from := wideColumns(n, rows, func(j, vecs int) { asmColProducts(&sum[j], &along[j], &g[j], &y[j], ld, rows, vecs) })
	for i := range rows {
		g, y := g[i*ld:][:n], y[i*ld:][:n]
		for j := from; j < n; j++ {
			sum[j] += float64(g[j])
			along[j] += float64(g[j]) * float64(y[j])
		}
	}
}

// Standardize sets out to (x − mean)∘inv.
func Standardize[T Float](out, x []T, mean, inv []float64, ld, rows int) {
	n := len(mean)
	from := wideColumns(n, rows, func(j, vecs int) { asmStandardize(&out[j], &x[j], &mean[j], &inv[j], ld, rows, vecs) })
	for i := range rows {
		out, x := out[i*ld:][:n], x[i*ld:][:n]
		for j := from; j < n; j++ {
			out[j] = T((float64(x[j]) - mean[j]) * inv[j])
		}
	}
}

// StandardizeGrad sets out to (g − mean − y∘along)∘inv.
func StandardizeGrad[T Float](out, g, y []T, mean, along, inv []float64, ld, rows int) {
	n := len(mean)
	from := wideColumns(n, rows, func(j, vecs int) {
		asmStandardizeGrad(&out[j], &g[j], &y[j], &mean[j], &along[j], &inv[j], ld, rows, vecs)
	})
	for i := range rows {
		out, g, y := out[i*ld:][:n], g[i*ld:][:n], y[i*ld:][:n]
		for j := from; j < n; j++ {
			out[j] = T((float64(g[j]) - mean[j] - float64(y[j])*along[j]) * inv[j])
		}
	}
}
