package kernels

import "math"

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
	forRows(rows, 8*n, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			softmaxRow(out[i*n:i*n+n], x[i*n:i*n+n], invTemp)
		}
	})
}

// softmaxRow is RowSoftmax on one row, which is not empty.
func softmaxRow[T Float](out, x []T, invTemp T) {
	top := x[0] * invTemp
	for j, v := range x {
		v *= invTemp
		out[j] = v
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

// expFlush sets out = eˣ; in float32, values under e⁻⁴⁰ become 0.
func expFlush[T Float](out, x []T) {
	for j, v := range x {
		if is32[T]() && v < flushBelow {
			out[j] = 0
		} else {
			out[j] = T(math.Exp(float64(v)))
		}
	}
}

// RowSoftmaxGrad sets out = invTemp·y·(g − Σ_c y[c]·g[c]), row by row: the
// gradient of y = RowSoftmax(x, invTemp) for the gradient g of y.
func RowSoftmaxGrad[T Float](out, y, g []T, rows, n int, invTemp T) {
	forRows(rows, 2*n, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			o, d, p := out[i*n:i*n+n], g[i*n:i*n+n], y[i*n:i*n+n]
			s := dot(p, d)
			for j, v := range p {
				o[j] = invTemp * v * (d[j] - s)
			}
		}
	})
}
