package kernels

// LinearGrad sets dw = xᵀ·z and db = Σ_i z[i,:] for z = g·a'(·), the derivative
// written by the output y = a(·): the gradients of a linear layer's weights. x
// is m×k, y and g are m×n, dw is k×n and db has n elements. z is made of some
// rows at a time and never stored as a whole.
func LinearGrad[T Float](dw, db, x, y, g []T, a Act, m, k, n int) {
	all := scratch[T](k*n + n) // dw, and db behind it
	sumOverRows(*all, m, k*n/8+k+n, func(sum []T, lo, hi int) {
		linearGradRows(sum[:k*n], sum[k*n:], x[lo*k:m*k], y[lo*n:hi*n], g[lo*n:hi*n], a, k, n)
	})
	copy(dw[:k*n], *all)
	copy(db[:n], (*all)[k*n:])
	release(all)
}

// linearGradRows is LinearGrad on the rows of y; x may have more, those that are
// read next.
func linearGradRows[T Float](dw, db, x, y, g []T, a Act, k, n int) {
	clear(dw)
	clear(db)
	var all segPlan // all rows of z in their order
	buf := scratch[T](crossDepth*n + n)
	some := (*buf)[crossDepth*n:] // the sum of z's rows
	for len(y) > 0 {
		z := (*buf)[:min(len(y), crossDepth*n)]
		rows := len(z) / n
		actGrad(z, y[:len(z)], g[:len(z)], a, 0)
		if level > plain {
			p := product[T]{out: dw, a: x, b: z, init: dw, ldo: n, rs: 1, cs: k, ldb: n, ldi: n, m: k, k: rows, n: n}
			if next := x[rows*k:]; len(next) > 0 {
				p.soon = next[:min(len(next), crossDepth*k)]
			}
			gemmPanels(p)
		} else {
			addCross(dw, x, z, rows, k, n)
		}
		reduceSpan(sumRows, 0, rows, some, z, n, &all)
		addTo(db, some)
		x, y, g = x[rows*k:], y[len(z):], g[len(z):]
	}
	release(buf)
}
