package kernels

// SegmentSoftmax sets out[i,c] = e^(x[i,c]−m) / Σ e^(x[j,c]−m) over the rows j
// of the segment of row i, with m their largest value in column c. Dropped rows
// give 0. As in [RowSoftmax], float32 shares under e⁻⁴⁰ of the largest are 0.
func SegmentSoftmax[T Float](out, x []T, p *Plan, n int) {
	p.zeroDropped(func(i int) { clear(out[i*n : i*n+n]) })
	forSpans(p.ptr, 8*n, func(lo, hi int) {
		if level > plain && (n > 1 || p.order != nil) {
			panels[T](n, segmentWidths, func(c panel) {
				asmSegSoftmax(at(out, c.from), at(x, c.from), n, &p.ptr[lo], at(p.order, 0), int(p.ptr[p.segments()])-1, hi-lo, c.tail, c.vecs)
			})
			return
		}
		buf := scratch[T](2 * n)
		for s := lo; s < hi; s++ {
			if p.ptr[s] < p.ptr[s+1] {
				segmentSoftmax(out, x, (*buf)[:n], (*buf)[n:], p, s)
			}
		}
		release(buf)
	})
}

// segmentSoftmax is SegmentSoftmax on the segment s, which is not empty.
func segmentSoftmax[T Float](out, x, top, sum []T, p *Plan, s int) {
	n := len(top)
	from, to := p.ptr[s], p.ptr[s+1]
	if n == 1 && p.order == nil {
		softmaxRow(out[from:to], x[from:to], 1)
		return
	}
	copy(top, x[p.row(from)*n:])
	for e := from + 1; e < to; e++ {
		maxTo(top, x[p.row(e)*n:])
	}
	clear(sum)
	for e := from; e < to; e++ {
		i := p.row(e) * n
		o := out[i : i+n]
		sub(o, x[i:], top)
		expFlush(o, o)
		addTo(sum, o)
	}
	for j, v := range sum {
		sum[j] = 1 / v
	}
	for e := from; e < to; e++ {
		o := out[p.row(e)*n:][:n]
		mul(o, o, sum)
	}
}

// SegmentSoftmaxGrad sets out[i,c] = y[i,c]·(g[i,c] − Σ_j y[j,c]·g[j,c]) over
// the rows j of the segment of row i, the gradient of y = SegmentSoftmax(x).
func SegmentSoftmaxGrad[T Float](out, y, g []T, p *Plan, n int) {
	p.zeroDropped(func(i int) { clear(out[i*n : i*n+n]) })
	forSpans(p.ptr, 2*n, func(lo, hi int) {
		if level > plain {
			panels[T](n, segmentWidths, func(c panel) {
				asmSegSoftmaxGrad(at(out, c.from), at(y, c.from), at(g, c.from), n, &p.ptr[lo], at(p.order, 0), int(p.ptr[p.segments()])-1, hi-lo, c.tail, c.vecs)
			})
			return
		}
		sum := scratch[T](n)
		for s := lo; s < hi; s++ {
			segmentSoftmaxGrad(out, y, g, *sum, p, s)
		}
		release(sum)
	})
}

// segmentSoftmaxGrad is SegmentSoftmaxGrad on the segment s.
func segmentSoftmaxGrad[T Float](out, y, g, sum []T, p *Plan, s int) {
	n := len(sum)
	clear(sum)
	for e := p.ptr[s]; e < p.ptr[s+1]; e++ {
		i := p.row(e) * n
		mulAddTo(sum, y[i:], g[i:])
	}
	for e := p.ptr[s]; e < p.ptr[s+1]; e++ {
		i := p.row(e) * n
		softGrad(out[i:i+n], y[i:i+n], g[i:i+n], sum)
	}
}

// softGrad sets out = y∘(g − s).
func softGrad[T Float](out, y, g, s []T) {
	if vectored(len(out)) {
		asmSoftGrad(&out[0], &y[0], &g[0], &s[0], len(out))
		return
	}
	for j, v := range y {
		out[j] = v * (g[j] - s[j])
	}
}
