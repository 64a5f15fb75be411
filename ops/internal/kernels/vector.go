package kernels

import "math"

// shortest is the length from which a slice is worth a call of assembly.
const shortest = 8

// vectored reports whether a slice of n elements goes to assembly.
func vectored(n int) bool { return level > plain && n >= shortest }

// axpy sets y += s·x. The race detector is told of each slice at once, here and in
// addTo: element by element it takes most of a product in plain Go, and of
// assembly it sees nothing.
//
//go:norace
func axpy[T Float](y []T, s T, x []T) {
	x = x[:len(y)]
	reads(x)
	writes(y)
	if vectored(len(y)) {
		asmVecAxpy(&y[0], &x[0], &y[0], &s, len(y))
		return
	}
	for j := range y {
		y[j] += s * x[j]
	}
}

// addTo sets y += x.
//
//go:norace
func addTo[T Float](y, x []T) {
	x = x[:len(y)]
	reads(x)
	writes(y)
	if vectored(len(y)) {
		asmVecAdd(&y[0], &y[0], &x[0], len(y))
		return
	}
	for j := range y {
		y[j] += x[j]
	}
}

// add sets out = a + b.
func add[T Float](out, a, b []T) {
	a, b = a[:len(out)], b[:len(out)]
	if vectored(len(out)) {
		asmVecAdd(&out[0], &a[0], &b[0], len(out))
		return
	}
	for j := range out {
		out[j] = a[j] + b[j]
	}
}

// sub sets out = a − b.
func sub[T Float](out, a, b []T) {
	a, b = a[:len(out)], b[:len(out)]
	if vectored(len(out)) {
		asmVecSub(&out[0], &a[0], &b[0], len(out))
		return
	}
	for j := range out {
		out[j] = a[j] - b[j]
	}
}

// scale sets out = w·x.
func scale[T Float](out, x []T, w T) {
	x = x[:len(out)]
	if vectored(len(out)) {
		asmVecScale(&out[0], &x[0], &w, len(out))
		return
	}
	for j := range out {
		out[j] = w * x[j]
	}
}

// mul sets out = a∘b.
func mul[T Float](out, a, b []T) {
	a, b = a[:len(out)], b[:len(out)]
	if vectored(len(out)) {
		asmVecMul(&out[0], &a[0], &b[0], len(out))
		return
	}
	for j := range out {
		out[j] = a[j] * b[j]
	}
}

// mulAddTo sets y += a∘b.
func mulAddTo[T Float](y, a, b []T) {
	a, b = a[:len(y)], b[:len(y)]
	if vectored(len(y)) {
		asmVecMulAdd(&y[0], &a[0], &b[0], &y[0], len(y))
		return
	}
	for j := range y {
		y[j] += a[j] * b[j]
	}
}

// maxTo sets y to the larger of y and x, element by element; NaN wins.
func maxTo[T Float](y, x []T) {
	x = x[:len(y)]
	if vectored(len(y)) {
		asmVecMax(&y[0], &y[0], &x[0], len(y))
		return
	}
	for j, v := range x {
		if v > y[j] || v != v {
			y[j] = v
		}
	}
}

// dot returns Σ a[i]·b[i].
func dot[T Float](a, b []T) (sum T) {
	b = b[:len(a)]
	if vectored(len(a)) {
		asmDots(&sum, &a[0], &b[0], nil, nil, 0, 0, len(a), 1)
		return sum
	}
	var s0, s1, s2, s3 T
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return (s0 + s1) + (s2 + s3)
}

// expFlush sets out = eˣ for x ≤ 0. In float32 values under e⁻⁴⁰ become 0, in
// float64, where assembly serves, those under e⁻⁷⁰⁸.
func expFlush[T Float](out, x []T) {
	if vectored(len(x)) {
		asmVecExp(&out[0], &x[0], len(x))
		return
	}
	for j, v := range x {
		if is32[T]() && v < flushBelow {
			out[j] = 0
		} else {
			out[j] = T(math.Exp(float64(v)))
		}
	}
}
