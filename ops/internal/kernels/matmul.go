package kernels

// MatMul sets out = a·b, with a m×k, b k×n and out m×n.
func MatMul[T Float](out, a, b []T, m, k, n int) {
	r := rightOf(b, k, n, m)
	defer r.release()
	forBlocks(m, blockRows[T](k, n), func(lo, hi int) {
		mulRows(out[lo*n:hi*n], a[lo*k:m*k], r, nil, hi-lo)
	})
}

// Linear sets out = act(x·w + bias), with x m×k, w k×n, out m×n and bias of n
// elements or nil.
func Linear[T Float](out, x, w, bias []T, act Act, m, k, n int) {
	r := rightOf(w, k, n, m)
	defer r.release()
	activated(out, act, m, n, blockRows[T](k, n), func(o []T, lo, hi int) {
		mulRows(o, x[lo*k:m*k], r, bias, hi-lo)
	})
}

// LinearSum sets out = act(x·w + x₂·w₂ + bias), with x₂ m×k₂ and w₂ k₂×n; the
// rest is that of Linear.
func LinearSum[T Float](out, x, w, x2, w2, bias []T, act Act, m, k, k2, n int) {
	r, r2 := rightOf(w, k, n, m), rightOf(w2, k2, n, m)
	defer r.release()
	defer r2.release()
	activated(out, act, m, n, blockRows[T](k+k2, n), func(o []T, lo, hi int) {
		mulRows(o, x[lo*k:m*k], r, bias, hi-lo)
		addMulRows(o, x2[lo*k2:m*k2], r2, hi-lo)
	})
}

// LinearSoftmax is RowSoftmax of Linear without an activation, a block of rows at
// a time.
func LinearSoftmax[T Float](out, x, w, bias []T, m, k, n int, invTemp T) {
	if n == 0 {
		return
	}
	r := rightOf(w, k, n, m)
	defer r.release()
	forBlocks(m, blockRows[T](k, n), func(lo, hi int) {
		z := scratch[T]((hi - lo) * n)
		mulRows(*z, x[lo*k:m*k], r, bias, hi-lo)
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

// addMulRows adds a·b to out, on one block of m rows.
func addMulRows[T Float](out, a []T, b right[T], m int) {
	if level > plain {
		multiplyOnto(out, a, b, 0, m)
		return
	}
	for i := range m {
		addScaledRows(out[i*b.n:][:b.n], a[i*b.k:][:b.k], b.b, b.n)
	}
}

// mulRows is MatMul on one block of m rows: each row of out is the bias, where
// there is one, and a sum of rows of b, in their order. a may have more rows,
// those that come next.
func mulRows[T Float](out, a []T, b right[T], bias []T, m int) {
	if level > plain {
		multiply(out, a, b, bias, m)
		return
	}
	for i := range m {
		row := out[i*b.n:][:b.n]
		if bias == nil {
			clear(row)
		} else {
			copy(row, bias)
		}
		addScaledRows(row, a[i*b.k:][:b.k], b.b, b.n)
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
