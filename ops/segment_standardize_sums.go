package ops

// Each function below adds numbers of a row to the sums of their groups: element
// i to sum[i·step], with step 1, a group for each, or 0, one for all.

// addRow adds x.
func addRow[T Float](sum []float64, step int, x []T) {
	if step == 0 {
		for _, v := range x {
			sum[0] += float64(v)
		}
		return
	}
	sum = sum[:len(x)]
	for i, v := range x {
		sum[i] += float64(v)
	}
}

// addSquares adds (x − mean)², mean[i·step] that of element i.
func addSquares[T Float](sum, mean []float64, step int, x []T) {
	if step == 0 {
		for _, v := range x {
			d := float64(v) - mean[0]
			sum[0] += d * d
		}
		return
	}
	sum, mean = sum[:len(x)], mean[:len(x)]
	for i, v := range x {
		d := float64(v) - mean[i]
		sum[i] += d * d
	}
}

// addProducts adds x·y.
func addProducts[T Float](sum []float64, step int, x, y []T) {
	y = y[:len(x)]
	if step == 0 {
		for i, v := range x {
			sum[0] += float64(v) * float64(y[i])
		}
		return
	}
	sum = sum[:len(x)]
	for i, v := range x {
		sum[i] += float64(v) * float64(y[i])
	}
}
