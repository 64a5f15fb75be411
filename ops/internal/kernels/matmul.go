package kernels

// MatMul sets out = a·b, with a m×k, b k×n and out m×n.
func MatMul[T Float](out, a, b []T, m, k, n int) {
	forBlocks(m, blockRows[T](k, n), func(lo, hi int) {
		mulRows(out[lo*n:hi*n], a[lo*k:hi*k], b, nil, hi-lo, k, n)
	})
}

// Linear sets out = act(x·w + bias), with x m×k, w k×n, out m×n and bias of n
// elements or nil.
func Linear[T Float](out, x, w, bias []T, act Act, m, k, n int) {
	activated(out, act, m, n, blockRows[T](k, n), func(o []T, lo, hi int) {
		mulRows(o, x[lo*k:hi*k], w, bias, hi-lo, k, n)
	})
}

// LinearSum sets out = act(x·w + x₂·w₂ + bias), with x₂ m×k₂ and w₂ k₂×n; the
// rest is that of Linear.
func LinearSum[T Float](out, x, w, x2, w2, bias []T, act Act, m, k, k2, n int) {
	activated(out, act, m, n, blockRows[T](k+k2, n), func(o []T, lo, hi int) {
		mulRows(o, x[lo*k:hi*k], w, bias, hi-lo, k, n)
		addMulRows(o, x2[lo*k2:hi*k2], w2, hi-lo, k2, n)
	})
}

// LinearSoftmax is RowSoftmax of Linear without an activation, a block of rows at
// a time.
func LinearSoftmax[T Float](out, x, w, bias []T, m, k, n int, invTemp T) {
	if n == 0 {
		return
	}
	forBlocks(m, blockRows[T](k, n), func(lo, hi int) {
		z := scratch[T]((hi - lo) * n)
		mulRows(*z, x[lo*k:hi*k], w, bias, hi-lo, k, n)
		softmaxRows(out[lo*n:hi*n], *z, hi-lo, n, invTemp)
		release(z)
	})
}

// activated sets out to act of what f gives for blocks of rows: in place, or where
// out is written past the caches, by way of memory in them.
func activated[T Float](out []T, act Act, m, n, per int, f func(o []T, lo, hi int)) {
	stream := streams(out, n)
	forBlocks(m, per, func(lo, hi int) {
		o := out[lo*n : hi*n]
		if act == Identity || stream == 0 {
			f(o, lo, hi)
			if act != Identity {
				activate(o, o, act, 0)
			}
			return
		}
		near := scratch[T]((hi - lo) * n)
		f(*near, lo, hi)
		activate(o, *near, act, stream)
		release(near)
	})
}

// addMulRows adds a·b to out, on one block.
func addMulRows[T Float](out, a, b []T, m, k, n int) {
	if level > plain {
		multiplyOnto(out, a, b, 0, m, k, n)
		return
	}
	for i := range m {
		addScaledRows(out[i*n:i*n+n], a[i*k:i*k+k], b, n)
	}
}

// mulRows is MatMul on one block: each row of out is the bias, where there is
// one, and a sum of rows of b, in their order.
func mulRows[T Float](out, a, b, bias []T, m, k, n int) {
	if level > plain {
		multiply(out, a, b, bias, m, k, n)
		return
	}
	for i := range m {
		row := out[i*n : i*n+n]
		if bias == nil {
			clear(row)
		} else {
			copy(row, bias)
		}
		addScaledRows(row, a[i*k:i*k+k], b, n)
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
