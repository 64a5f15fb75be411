package kernels

// maxPartials bounds the number of partial sums of a reduction over rows.
const maxPartials = 16

// MatMulTN sets out = aᵀ·b, with a m×k, b m×n and out k×n: the gradient of a
// product by its right factor, SᵀX and, with a = b, a Gram matrix. The rows are
// summed in at most 16 blocks whose bounds depend on the sizes alone, and the
// partial sums are added in order.
func MatMulTN[T Float](out, a, b []T, m, k, n int) {
	if k < n && inVectors[T](k)*n <= inVectors[T](n)*k {
		turned := scratch[T](k * n) // is quicker as bᵀ·a
		MatMulTN(*turned, b, a, m, n, k)
		Transpose(out, *turned, n, k)
		release(turned)
		return
	}
	sumOverRows(out[:k*n], m, k*n/8+k+n, func(sum []T, lo, hi int) {
		cross(sum, a[lo*k:m*k], b[lo*n:m*n], hi-lo, k, n, false, [2][]T{})
	})
}

// inVectors is n rounded up to whole vectors.
func inVectors[T Float](n int) int {
	l := max(lanes[T](), 1)
	return (n + l - 1) / l * l
}

// MatMulNT sets out = a·bᵀ, with a m×n, b k×n and out m×k: the gradient of a
// product by its left factor.
func MatMulNT[T Float](out, a, b []T, m, n, k int) {
	if level > plain {
		turned := scratch[T](k * n)
		Transpose(*turned, b, k, n)
		MatMul(out, a, *turned, m, n, k)
		release(turned)
		return
	}
	ForRows(m, k+k*n/8, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			for p := range k {
				out[i*k+p] = dot(a[i*n:i*n+n], b[p*n:p*n+n])
			}
		}
	})
}

// ColSum sets out[j] = Σ_i a[i,j], with a m×n: the gradient of a bias.
func ColSum[T Float](out, a []T, m, n int) {
	var all Plan // all rows in their order
	sumOverRows(out[:n], m, n, func(sum []T, lo, hi int) {
		reduceSpan(sumRows, lo, hi, sum, a, n, &all)
	})
}

// reduceRows sets out to a sum over rows. part writes the sum of the rows
// lo..hi-1 to sum; combine adds the partial sums up in the order of the rows.
func reduceRows[T Float](out []T, rows, cost int, part func(sum []T, lo, hi int), combine func(y, x []T)) {
	per := partRows(len(out), rows, cost)
	parts := (rows + per - 1) / per
	if parts <= 1 {
		part(out, 0, rows)
		return
	}
	size := len(out)
	buf := scratch[T](parts * size)
	sums := *buf
	Blocks(parts, func(b int) {
		part(sums[b*size:(b+1)*size], b*per, min(rows, (b+1)*per))
	})
	addParts(out, sums, parts, combine)
	release(buf)
}

// partRows is how many rows make a part of a sum of size elements over rows.
func partRows(size, rows, cost int) int {
	parts := min(max(1<<19/max(size, 1), 4), maxPartials)
	return max(1, grain/max(cost, 1), (rows+parts-1)/parts)
}

// addParts combines the parts that lie behind each other in sums to out.
func addParts[T Float](out, sums []T, parts int, combine func(y, x []T)) {
	size := len(out)
	ForRows(size, parts, func(lo, hi int) {
		o := out[lo:hi]
		copy(o, sums[lo:hi])
		for b := 1; b < parts; b++ {
			combine(o, sums[b*size+lo:])
		}
	})
}
