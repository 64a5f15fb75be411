package kernels

// LinearGrad sets dw = xᵀ·z and db = Σ_i z[i,:] for z = g·a'(·), the derivative
// written by the output y = a(·): the gradients of a linear layer's weights. x
// is m×k, y and g are m×n, dw is k×n and db has n elements. z is made of some
// rows at a time and never stored as a whole.
func LinearGrad[T Float](dw, db, x, y, g []T, a Act, m, k, n int) {
	linearGrad(dw, db, x, y, a, m, k, n, func(_ []T, lo, hi int) []T { return g[lo*n : hi*n] })
}

// LinearGradOf is LinearGrad for g = u·vᵀ, with u m×p and v n×p, which is not
// stored as a whole either.
func LinearGradOf[T Float](dw, db, x, y, u, v []T, a Act, m, k, n, p int) {
	turned := scratch[T](n * p)
	Transpose(*turned, v, n, p)
	linearGrad(dw, db, x, y, a, m, k, n, func(buf []T, lo, hi int) []T {
		mulRows(buf, u[lo*p:hi*p], *turned, nil, hi-lo, p, n)
		return buf
	})
	release(turned)
}

// linearGrad is LinearGrad for the g whose rows lo..hi-1 rows gives, in the
// buffer or elsewhere.
func linearGrad[T Float](dw, db, x, y []T, a Act, m, k, n int, rows func(buf []T, lo, hi int) []T) {
	all := scratch[T](k*n + n) // dw, and db behind it
	reduceRows(*all, m, k*n/8+k+n, func(sum []T, lo, hi int) {
		buf := scratch[T](crossDepth*n + n)
		clear(sum)
		for ; lo < hi; lo += crossDepth {
			next := min(lo+crossDepth, hi)
			z := (*buf)[:(next-lo)*n]
			actGrad(z, y[lo*n:next*n], rows(z, lo, next), a, 0)
			soon := x[next*k : min(next+crossDepth, hi)*k]
			addLinearGrad(sum[:k*n], sum[k*n:], x[lo*k:next*k], z, soon, (*buf)[crossDepth*n:], k, n)
		}
		release(buf)
	}, addTo)
	copy(dw[:k*n], *all)
	copy(db[:n], (*all)[k*n:])
	release(all)
}

// addLinearGrad adds xᵀ·z to dw and the sum of z's rows to db. soon is what will
// be read of x next, some room for n numbers.
func addLinearGrad[T Float](dw, db, x, z, soon, some []T, k, n int) {
	rows := len(z) / n
	if level > plain {
		gemmPanels(product[T]{out: dw, a: x, b: z, init: dw, ldo: n, rs: 1, cs: k, ldb: n, ldi: n, m: k, k: rows, n: n, soon: soon})
	} else {
		addCross(dw, x, z, rows, k, n)
	}
	var all segPlan // all rows of z in their order
	reduceSpan(sumRows, 0, rows, some, z, n, &all)
	addTo(db, some)
}
