package kernels

// Gather sets out[i,:] = x[idx[i],:], with x rows×n and out len(idx)×n. An
// index outside [0, rows), such as the padding −1, gives a row of zeros.
func Gather[T Float](out, x []T, idx []int, rows, n int) {
	forRows(len(idx), n, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			row := out[i*n : i*n+n]
			if j := idx[i]; uint(j) < uint(rows) {
				copy(row, x[j*n:j*n+n])
			} else {
				clear(row)
			}
		}
	})
}

// ScatterAdd sets out[r,:] = Σ x[i,:] over the i with idx[i] = r, with x
// len(idx)×n and out rows×n: the gradient of [Gather]. Rows with an index
// outside [0, rows) are dropped.
func ScatterAdd[T Float](out, x []T, idx []int, rows, n int) {
	SegmentSum(out, x, idx, rows, n)
}
