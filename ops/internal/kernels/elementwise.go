package kernels

// RowScale sets out[i,:] = w[i]·x[i,:], with x and out rows×n.
func RowScale[T Float](out, x, w []T, rows, n int) {
	ForRows(rows, n, func(lo, hi int) {
		if level > plain {
			asmRowScale(at(out, lo*n), at(x, lo*n), &w[lo], n, hi-lo)
			return
		}
		for i := lo; i < hi; i++ {
			scale(out[i*n:i*n+n], x[i*n:], w[i])
		}
	})
}

// ColScale sets out[:,j] = w[j]·x[:,j], with x and out rows×n.
func ColScale[T Float](out, x, w []T, rows, n int) {
	ForRows(rows, n, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			mul(out[i*n:i*n+n], x[i*n:], w)
		}
	})
}

// RowDot sets out[i] = a[i,:]·b[i,:], with a and b rows×n: the gradient of
// RowScale by w.
func RowDot[T Float](out, a, b []T, rows, n int) {
	ForRows(rows, n, func(lo, hi int) {
		if level > plain {
			asmDots(&out[lo], at(a, lo*n), at(b, lo*n), nil, nil, 0, 0, n, hi-lo)
			return
		}
		for i := lo; i < hi; i++ {
			out[i] = dot(a[i*n:i*n+n], b[i*n:])
		}
	})
}

// Transpose sets out = xᵀ, with x rows×cols and out cols×rows, in square tiles.
func Transpose[T Float](out, x []T, rows, cols int) {
	const tile = 16
	ForRows((rows+tile-1)/tile, tile*cols, func(lo, hi int) {
		for j0 := 0; j0 < cols; j0 += tile {
			j1 := min(cols, j0+tile)
			for i0 := lo * tile; i0 < min(rows, hi*tile); i0 += tile {
				for j := j0; j < j1; j++ {
					to := out[j*rows+i0 : j*rows+min(rows, i0+tile)]
					for i := range to {
						to[i] = x[(i0+i)*cols+j]
					}
				}
			}
		}
	})
}
