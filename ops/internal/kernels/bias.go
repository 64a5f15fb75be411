package kernels

// BiasActivate sets out = a(x + b), with b added to each of the rows of n
// columns. out and x may be the same slice.
func BiasActivate[T Float](out, x, b []T, a Act, rows, n int) {
	ForRows(rows, 4*n, func(lo, hi int) {
		o := out[lo*n : hi*n]
		for i := lo * n; i < hi*n; i += n {
			add(out[i:i+n], x[i:i+n], b)
		}
		if a != Identity {
			activate(o, o, a, 0)
		}
	})
}
