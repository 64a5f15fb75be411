package kernels

import "math"

// Adam takes one step of Adam (Kingma and Ba 2014, arXiv:1412.6980) in one
// pass, with d = clipScale·g:
//
//	m ← β₁m + (1−β₁)d,  v ← β₂v + (1−β₂)d²,
//	w ← w − lr · m/(1−β₁^step) / (√(v/(1−β₂^step)) + ε)
//
// step counts from 1. g is left as it is.
func Adam[T Float](w, g, m, v []T, lr, beta1, beta2, eps float64, step int, clipScale float64) {
	a := adamStep[T]{
		beta1: T(beta1), rest1: T(1 - beta1),
		beta2: T(beta2), rest2: T(1 - beta2),
		rate: T(lr / (1 - math.Pow(beta1, float64(step)))),
		root: T(1 / math.Sqrt(1-math.Pow(beta2, float64(step)))),
		eps:  T(eps), clip: T(clipScale),
	}
	ForRows(len(w), 4, func(lo, hi int) { a.apply(w[lo:hi], g[lo:hi], m[lo:hi], v[lo:hi]) })
}

// adamStep holds the constants of one step, in the order that the assembly
// reads them.
type adamStep[T Float] struct {
	beta1, rest1, beta2, rest2, rate, root, eps, clip T
}

// apply takes the step on one block.
func (a *adamStep[T]) apply(w, g, m, v []T) {
	g, m, v = g[:len(w)], m[:len(w)], v[:len(w)]
	if vectored(len(w)) {
		asmAdam(&w[0], &g[0], &m[0], &v[0], len(w), &a.beta1)
		return
	}
	for i := range w {
		d := a.clip * g[i]
		m[i] = a.beta1*m[i] + a.rest1*d
		v[i] = a.beta2*v[i] + a.rest2*d*d
		w[i] -= a.rate * m[i] / (T(math.Sqrt(float64(v[i])))*a.root + a.eps)
	}
}

// SumSquares returns Σ x[i]², summed in float64 in fixed blocks.
func SumSquares[T Float](x []T) float64 {
	const per = 1 << 15
	n := (len(x) + per - 1) / per
	if n <= 1 {
		return sumSquares(x)
	}
	buf := scratch[float64](n)
	Blocks(n, func(b int) { (*buf)[b] = sumSquares(x[b*per : min(len(x), (b+1)*per)]) })
	var s float64
	for _, v := range *buf {
		s += v
	}
	release(buf)
	return s
}

// sumSquares is SumSquares on one block.
func sumSquares[T Float](x []T) float64 {
	var s0, s1, s2, s3 float64
	for ; len(x) >= 4; x = x[4:] {
		a, b, c, d := float64(x[0]), float64(x[1]), float64(x[2]), float64(x[3])
		s0, s1, s2, s3 = s0+a*a, s1+b*b, s2+c*c, s3+d*d
	}
	for _, v := range x {
		s0 += float64(v) * float64(v)
	}
	return (s0 + s1) + (s2 + s3)
}
