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
	n := l.N
	if l.V != nil {
		turned := scratch[T](n * l.P)
		defer release(turned)
		Transpose(*turned, l.V, n, l.P)
		l.V = *turned
	}
	k := 0
	for _, x := range l.X {
		k += x.K
	}
	sumOverRows(out[:(k+1)*n], l.M, k*n/8+k+n, l.rows)
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
		l.z(z, lo, next)
		d, soon := sum, l.after(next)
		for _, x := range l.X {
			cross(d, x.X[lo*x.K:l.M*x.K], z, next-lo, x.K, n, true, soon)
			d = d[x.K*n:]
		}
		reduceSpan(sumRows, 0, next-lo, some, z, n, &all)
		addTo(d, some)
	}
	release(buf)
}

// z sets z to its rows lo..hi-1.
func (l LinearGrad[T]) z(z []T, lo, hi int) {
	n := l.N
	g := z
	if l.V == nil {
		g = l.G[lo*n : hi*n]
	} else {
		mulRows(z, l.G[lo*l.P:hi*l.P], right[T]{b: l.V, k: l.P, n: n}, nil, hi-lo)
	}
	actGrad(z, l.Y[lo*n:hi*n], g, l.Act, 0)
}

// after is the rows of Y and G that are read from row lo on.
func (l LinearGrad[T]) after(lo int) [2][]T {
	hi, p := min(lo+crossDepth, l.M), l.N
	if l.V != nil {
		p = l.P
	}
	return [2][]T{l.Y[lo*l.N : hi*l.N], l.G[lo*p : hi*p]}
}
