package kernels

// SegmentMax sets out[s,:] to the largest x[i,:] over the rows i of segment s,
// column by column. An empty segment gives 0; a NaN gives NaN.
func SegmentMax[T Float](out, x []T, p *Plan, n int) {
	if p.few(n) {
		for s := range p.segments() {
			from, to := int(p.ptr[s]), int(p.ptr[s+1])
			reduceRows(out[s*n:s*n+n], to-from, n, func(top []T, lo, hi int) {
				reduceSpan(maxRows, from+lo, from+hi, top, x, n, p)
			}, maxTo)
		}
		return
	}
	stream := streams(out, n)
	forSpans(p.ptr, n, func(lo, hi int) {
		if level > plain {
			reduceRowPanels(maxRows, out[lo*n:hi*n], p.ptr[lo:hi+1], p.order, nil, x, nil, n, len(p.ids), stream)
			return
		}
		for s := lo; s < hi; s++ {
			reduceSpan(maxRows, int(p.ptr[s]), int(p.ptr[s+1]), out[s*n:s*n+n], x, n, p)
		}
	})
}

// SegmentMaxGrad sets out to the gradient of y = SegmentMax(x) for the gradient
// g of y: g[s,c] split equally among all rows of the segment that reach the
// maximum, 0 elsewhere. x and out are rows×n, y and g segs×n.
func SegmentMaxGrad[T Float](out, x, y, g []T, p *Plan, n int) {
	p.zeroDropped(func(i int) { clear(out[i*n : i*n+n]) })
	stream := streams(out, n)
	forSpans(p.ptr, 2*n, func(lo, hi int) {
		if level > plain {
			panels[T](n, maxGradWidths, func(c panel) {
				asmMaxGrad(at(out, c.from), at(x, c.from), at(y, lo*n+c.from), at(g, lo*n+c.from), n, &p.ptr[lo], at(p.order, 0), hi-lo, ahead[T](n), stream, c.tail, c.vecs)
			})
			return
		}
		share := scratch[T](n)
		for s := lo; s < hi; s++ {
			maxShare(*share, x, y[s*n:s*n+n], g[s*n:s*n+n], p, s)
			for e := p.ptr[s]; e < p.ptr[s+1]; e++ {
				i := p.row(e) * n
				selectEqual(out[i:i+n], x[i:i+n], y[s*n:s*n+n], *share)
			}
		}
		release(share)
	})
}

// maxShare sets share = g / (number of rows of segment s that reach y).
func maxShare[T Float](share, x, y, g []T, p *Plan, s int) {
	n := len(share)
	clear(share)
	for e := p.ptr[s]; e < p.ptr[s+1]; e++ {
		i := p.row(e) * n
		for j, v := range x[i : i+n] {
			if v == y[j] {
				share[j]++
			}
		}
	}
	for j, c := range share {
		share[j] = g[j] / max(c, 1)
	}
}

// selectEqual sets out to share where x = y and to 0 elsewhere.
func selectEqual[T Float](out, x, y, share []T) {
	for j, v := range x {
		if v == y[j] {
			out[j] = share[j]
		} else {
			out[j] = 0
		}
	}
}
