package kernels

// SegmentColDot sets out[s,c] = Σ a[i,c]·b[i,c] over the rows i of segment s,
// with a and b rows×n and out segs×n. nil ids put all rows in one segment.
func SegmentColDot[T Float](out, a, b []T, ids []int, segs, n int) {
	if ids == nil {
		colDot(out, a, b, segs, n)
		return
	}
	p := newPlan(ids, len(ids), segs)
	defer p.release()
	if p.order == nil && p.few(n) {
		for s := range segs {
			from, to := int(p.ptr[s]), int(p.ptr[s+1])
			colDot(out[s*n:s*n+n], a[from*n:to*n], b[from*n:to*n], 1, n)
		}
		return
	}
	forSpans(p.ptr, n, func(lo, hi int) {
		sumSegments(p, out, lo, hi, n, func(sum []T, from, to int) { colDotsOf(p, sum, a, b, from, to, n) })
	})
}

// colDotsOf sets out to the sum of a∘b over the rows at the places from..to-1 of
// a plan.
func colDotsOf[T Float](p *Plan, out, a, b []T, from, to, n int) {
	if p.order == nil {
		colDots(out, a[from*n:to*n], b[from*n:to*n], to-from)
		return
	}
	clear(out)
	for _, i := range p.order[from:to] {
		mulAddTo(out, a[int(i)*n:], b[int(i)*n:])
	}
}

// sumSegments sets out to the sums of the segments lo..hi-1, of size numbers
// each. part writes the sum of the rows at the places from..to-1.
func sumSegments[T Float](p *Plan, out []T, lo, hi, size int, part func(sum []T, from, to int)) {
	for s := lo; s < hi; s++ {
		sumInTurn(out[s*size:(s+1)*size], int(p.ptr[s]), int(p.ptr[s+1]), part)
	}
}

// colDot is SegmentColDot for all rows in segment 0.
func colDot[T Float](out, a, b []T, segs, n int) {
	clear(out[:segs*n])
	if segs == 0 || n == 0 {
		return
	}
	sumOverRows(out[:n], len(a)/n, n, func(sum []T, lo, hi int) {
		colDots(sum, a[lo*n:hi*n], b[lo*n:hi*n], hi-lo)
	})
}

// colDots sets out to the sum of a∘b over rows.
func colDots[T Float](out, a, b []T, rows int) {
	n := len(out)
	if level > plain {
		panels[T](n, rowWidths, func(c panel) {
			asmColDots(at(out, c.from), at(a, c.from), at(b, c.from), n, rows, c.tail, c.vecs)
		})
		return
	}
	clear(out)
	for i := range rows {
		mulAddTo(out, a[i*n:], b[i*n:])
	}
}

// SegmentCross sets out[s] = Σ a[i,:]ᵀ·b[i,:] over the rows i of segment s, a
// matrix ka×kb for each segment, with a rows×ka and b rows×kb. nil ids put all
// rows in one segment: [MatMulTN].
func SegmentCross[T Float](out, a, b []T, ids []int, segs, rows, ka, kb int) {
	size := ka * kb
	if ids == nil {
		clear(out[:segs*size])
		if segs > 0 {
			MatMulTN(out[:size], a, b, rows, ka, kb)
		}
		return
	}
	p := newPlan(ids, rows, segs)
	defer p.release()
	if p.order == nil && p.few(size/8+1) {
		for s := range segs {
			from, to := int(p.ptr[s]), int(p.ptr[s+1])
			MatMulTN(out[s*size:(s+1)*size], a[from*ka:to*ka], b[from*kb:to*kb], to-from, ka, kb)
		}
		return
	}
	forSpans(p.ptr, size/8+1, func(lo, hi int) {
		sumSegments(p, out, lo, hi, size, func(sum []T, from, to int) { crossOf(p, sum, a, b, from, to, ka, kb) })
	})
}

// crossOf sets out to the sum of a[i,:]ᵀ·b[i,:] over the rows i at the places
// from..to-1 of a plan.
func crossOf[T Float](p *Plan, out, a, b []T, from, to, ka, kb int) {
	if p.order == nil {
		cross(out, a[from*ka:to*ka], b[from*kb:to*kb], to-from, ka, kb, false, [2][]T{})
		return
	}
	clear(out)
	for _, at := range p.order[from:to] {
		i := int(at)
		addCross(out, a[i*ka:i*ka+ka], b[i*kb:i*kb+kb], 1, ka, kb)
	}
}
