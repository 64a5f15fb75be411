package ops

import "github.com/graphpool/graphpool/ops/internal/kernels"

// Each function below goes over a stretch: x and what is shaped like it begin at
// its first element, and what there is of each group at its first group. With
// step 1 each column is a group, with step 0 all elements are of one.

// addRows adds x to the sums of its groups.
func addRows[T Float](sum []float64, x []T, b stretch) {
	if b.step == 1 {
		kernels.ColSums(sum[:b.cols], x, b.ld, b.rows)
		return
	}
	for i := range b.rows {
		for _, v := range x[i*b.ld:][:b.cols] {
			sum[0] += float64(v)
		}
	}
}

// addSquares adds (x − mean)².
func addSquares[T Float](sum, mean []float64, x []T, b stretch) {
	if b.step == 1 {
		kernels.ColSquares(sum[:b.cols], mean, x, b.ld, b.rows)
		return
	}
	for i := range b.rows {
		for _, v := range x[i*b.ld:][:b.cols] {
			d := float64(v) - mean[0]
			sum[0] += d * d
		}
	}
}

// addProducts adds g to sum and g·y to along.
func addProducts[T Float](sum, along []float64, g, y []T, b stretch) {
	if b.step == 1 {
		kernels.ColProducts(sum[:b.cols], along, g, y, b.ld, b.rows)
		return
	}
	for i := range b.rows {
		y := y[i*b.ld:][:b.cols]
		for j, v := range g[i*b.ld:][:b.cols] {
			sum[0] += float64(v)
			along[0] += float64(v) * float64(y[j])
		}
	}
}

// shift sets out to (x − mean)·inv.
func shift[T Float](out, x []T, mean, inv []float64, b stretch) {
	if b.step == 1 {
		kernels.Standardize(out, x, mean[:b.cols], inv, b.ld, b.rows)
		return
	}
	for i := range b.rows {
		out := out[i*b.ld:][:b.cols]
		for j, v := range x[i*b.ld:][:b.cols] {
			out[j] = T((float64(v) - mean[0]) * inv[0])
		}
	}
}

// shiftGrad sets out to (g − mean − y·along)·inv.
func shiftGrad[T Float](out, g, y []T, mean, along, inv []float64, b stretch) {
	if b.step == 1 {
		kernels.StandardizeGrad(out, g, y, mean[:b.cols], along, inv, b.ld, b.rows)
		return
	}
	for i := range b.rows {
		out, y := out[i*b.ld:][:b.cols], y[i*b.ld:][:b.cols]
		for j, v := range g[i*b.ld:][:b.cols] {
			out[j] = T((float64(v) - mean[0] - float64(y[j])*along[0]) * inv[0])
		}
	}
}
