package kernels

// flushBelow is the exponent under which a float32 softmax gives 0: products
// of two smaller shares are denormal numbers, which slow whole epochs down.
const flushBelow = -40

// RowSoftmax sets out[i,:] = softmax(x[i,:]·invTemp) for rows×n, with the
// largest value of the row subtracted first. In float32 a share under e⁻⁴⁰ of
// the largest is 0, far below the rounding of a row's sum.
func RowSoftmax[T Float](out, x []T, rows, n int, invTemp T) {
	if n == 0 {
		return
	}
	ForRows(rows, softmaxCost(n), func(lo, hi int) {
		softmaxRows(out[lo*n:hi*n], x[lo*n:hi*n], hi-lo, n, invTemp)
	})
}

// softmaxRows is RowSoftmax for some rows, at least one.
func softmaxRows[T Float](out, x []T, rows, n int, invTemp T) {
	if level > plain {
		var buf [(16 + 1) * 16]T // a vector for each lane, and one
		tail, vecs := rowVectors[T](n)
		asmSoftmax(&out[0], &x[0], n, &invTemp, &buf[0], rows, tail, vecs)
		return
	}
	for i := range rows {
		softmaxRow(out[i*n:i*n+n], x[i*n:i*n+n], invTemp)
	}
}

// softmaxCost is the work of a row of n elements.
func softmaxCost(n int) int {
	if level > plain {
		return 2 * max(n, 8)
	}
	return 8 * n
}

// rowVectors is how many vectors a row of n elements has, the last of them with
// tail elements.
func rowVectors[T Float](n int) (tail, vecs int) {
	vecs = (n + lanes[T]() - 1) / lanes[T]()
	return n - (vecs-1)*lanes[T](), vecs
}

// softmaxRow is RowSoftmax on one row, which is not empty.
func softmaxRow[T Float](out, x []T, invTemp T) {
	scale(out, x, invTemp)
	top := out[0]
	for _, v := range out {
		if v > top || v != v {
			top = v
		}
	}
	for j := range out {
		out[j] -= top
	}
	expFlush(out, out)
	var sum T
	for _, v := range out {
		sum += v
	}
	scale(out, out, 1/sum)
}

// RowSoftmaxGrad sets out = invTemp·y·(g − Σ_c y[c]·g[c]), row by row: the
// gradient of y = RowSoftmax(x, invTemp) for the gradient g of y.
func RowSoftmaxGrad[T Float](out, y, g []T, rows, n int, invTemp T) {
	if n == 0 {
		return
	}
	stream := streamsWhole(out, n)
	ForRows(rows, n, func(lo, hi int) {
		softmaxGradRows(out[lo*n:hi*n], y[lo*n:hi*n], g[lo*n:hi*n], hi-lo, n, invTemp, stream)
	})
}

// softmaxGradRows is RowSoftmaxGrad for some rows, at least one; stream is 1 to
// write them past the caches.
func softmaxGradRows[T Float](out, y, g []T, rows, n int, invTemp T, stream int) {
	if level > plain {
		tail, vecs := rowVectors[T](n)
		asmSoftmaxGrad(&out[0], &y[0], &g[0], n, &invTemp, rows, tail, vecs, stream)
		return
	}
	for i := range rows {
		o, d, p := out[i*n:i*n+n], g[i*n:i*n+n], y[i*n:i*n+n]
		s := dot(p, d)
		for j, v := range p {
			o[j] = invTemp * v * (d[j] - s)
		}
	}
}
