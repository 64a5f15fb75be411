package kernels

// LinearGrad is the gradients of the weights of a linear layer
//
//	y = a(x₁·W₁ + x₂·W₂ + … + b)
//
// of N columns on M rows. Its gradient g is G, or the product G·Vᵀ where V is
// not nil. z = g·a'(·), and that product, are made some rows at a time and never
// stored as a whole.
type LinearGrad[T Float] struct {
	X    []Left[T]
	Y    []T // the layer's output, by which the derivative of the activation is written
	G, V []T // M×N and nil, or M×P and N×P
	P    int
	Act  Act
	M, N int
}

// Left is a left factor X of K columns.
type Left[T Float] struct {
	X []T
	K int
}

// Set sets out to the gradients one below the other, each row of N elements:
// x₁ᵀ·z, x₂ᵀ·z and so on, and the sum of z's rows.
func (l LinearGrad[T]) Set(out []T) {
	if l.V != nil {
		turned := scratch[T](l.N * l.P)
		defer release(turned)
		Transpose(*turned, l.V, l.N, l.P)
		l.V = *turned
	}
	k := 0
	for _, x := range l.X {
		k += x.K
	}
	sumOverRows(out[:(k+1)*l.N], l.M, k*l.N/8+k+l.N, l.rows)
}

// rows sets sum to the gradients of the rows lo..hi-1; V is turned.
func (l LinearGrad[T]) rows(sum []T, lo, hi int) {
	n := l.N
	buf := scratch[T](crossDepth*n + n)
	some := (*buf)[crossDepth*n:]
	var all Plan // all rows of z in their order
	clear(sum)
	for ; lo < hi; lo += crossDepth {
		next := min(lo+crossDepth, hi)
		z := (*buf)[:(next-lo)*n]
		g := l.G
		if l.V == nil {
			g = g[lo*n : next*n]
		} else {
			mulRows(z, g[lo*l.P:next*l.P], l.V, nil, next-lo, l.P, n)
			g = z
		}
		actGrad(z, l.Y[lo*n:next*n], g, l.Act, 0)
		d := sum
		for _, x := range l.X {
			soon := x.X[next*x.K : min(next+crossDepth, l.M)*x.K]
			crossOnto(d, x.X[lo*x.K:next*x.K], z, soon, next-lo, x.K, n)
			d = d[x.K*n:]
		}
		reduceSpan(sumRows, 0, next-lo, some, z, n, &all)
		addTo(d, some)
	}
	release(buf)
}

// crossOnto adds aᵀ·b to sum, for m rows of a and b. soon is what will be read
// of a next.
func crossOnto[T Float](sum, a, b, soon []T, m, k, n int) {
	if level == plain {
		addCross(sum, a, b, m, k, n)
		return
	}
	gemmPanels(product[T]{out: sum, a: a, b: b, init: sum, ldo: n, rs: 1, cs: k, ldb: n, ldi: n, m: k, k: m, n: n, soon: soon})
}
