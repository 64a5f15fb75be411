package kernels

// MatMul sets out = a·b, with a m×k, b k×n and out m×n.
func MatMul[T Float](out, a, b []T, m, k, n int) {
	forRows(m, n+k*n/8, func(lo, hi int) {
		mulRows(out[lo*n:hi*n], a[lo*k:hi*k], b, hi-lo, k, n)
	})
}

// Linear sets out = act(x·w + bias), with x m×k, w k×n, out m×n and bias of n
// elements or nil.
func Linear[T Float](out, x, w, bias []T, act Act, m, k, n int) {
	forRows(m, n+k*n/8, func(lo, hi int) {
		o := out[lo*n : hi*n]
		mulRows(o, x[lo*k:hi*k], w, hi-lo, k, n)
		if bias != nil {
			addBias(o, bias, n)
		}
		if act != Identity {
			activate(o, o, act)
		}
	})
}

// addBias adds bias to every row of o.
func addBias[T Float](o, bias []T, n int) {
	if n == 0 {
		return
	}
	for ; len(o) >= n; o = o[n:] {
		row := o[:n]
		for j, v := range bias[:n] {
			row[j] += v
		}
	}
}

// mulRows is MatMul on one block: each row of out is a sum of rows of b, in
// their order.
func mulRows[T Float](out, a, b []T, m, k, n int) {
	clear(out[:m*n])
	for i := range m {
		addScaledRows(out[i*n:i*n+n], a[i*k:i*k+k], b, n)
	}
}

// addScaledRows adds Σ_p s[p]·b[p,:] to row, four rows of b at a time.
func addScaledRows[T Float](row, s, b []T, n int) {
	p := 0
	for ; p+4 <= len(s); p += 4 {
		s0, s1, s2, s3 := s[p], s[p+1], s[p+2], s[p+3]
		b0, b1 := b[p*n:][:len(row)], b[p*n+n:][:len(row)]
		b2, b3 := b[p*n+2*n:][:len(row)], b[p*n+3*n:][:len(row)]
		for j := range row {
			row[j] = row[j] + s0*b0[j] + s1*b1[j] + s2*b2[j] + s3*b3[j]
		}
	}
	for ; p < len(s); p++ {
		axpy(row, s[p], b[p*n:])
	}
}

// axpy sets y += s·x.
func axpy[T Float](y []T, s T, x []T) {
	x = x[:len(y)]
	for j := range y {
		y[j] += s * x[j]
	}
}

// dot returns Σ a[i]·b[i] by four partial sums.
func dot[T Float](a, b []T) T {
	b = b[:len(a)]
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
