package kernels

// In all segment kernels p says which rows are in which of segs segments, from
// the ids of rows rows; rows with an id outside [0, segs) are dropped. The rows
// of a segment are taken in their order, whether the ids are sorted or not.

// SegmentSum sets out[s,:] = Σ x[i,:] over the rows i of segment s, with x
// rows×n and out segs×n. An empty segment gives 0.
func SegmentSum[T Float](out, x []T, p *Plan, n int) { segmentSum(out, x, p, n, sumRows) }

// SegmentMean is SegmentSum over the number of rows of the segment; an empty
// segment gives 0.
func SegmentMean[T Float](out, x []T, p *Plan, n int) { segmentSum(out, x, p, n, meanRows) }

// segmentSum is SegmentSum or SegmentMean.
func segmentSum[T Float](out, x []T, p *Plan, n int, how reduction) {
	if p.few(n) {
		for s := range p.segments() {
			row, from, to := out[s*n:s*n+n], int(p.ptr[s]), int(p.ptr[s+1])
			sumOverRows(row, to-from, n, func(sum []T, lo, hi int) {
				reduceSpan(sumRows, from+lo, from+hi, sum, x, n, p)
			})
			if how == meanRows && to > from+1 {
				scale(row, row, 1/T(to-from))
			}
		}
		return
	}
	stream := streams(out, n)
	forSpans(p.ptr, n, func(lo, hi int) {
		for lo < hi {
			s := hi
			if is32[T]() {
				s = p.nextLong(lo, hi)
			}
			sumShort(p, out, x, lo, s, n, how, stream)
			if s < hi {
				sumLong(p, out[s*n:s*n+n], x, s, n, how)
			}
			lo = s + 1
		}
	})
}

// sumShort is segmentSum for the segments lo..hi-1, in the type of x.
func sumShort[T Float](p *Plan, out, x []T, lo, hi, n int, how reduction, stream int) {
	if level > plain {
		reduceRowPanels(how, out[lo*n:hi*n], p.ptr[lo:hi+1], p.order, nil, x, nil, n, len(p.ids), stream)
		return
	}
	for s := lo; s < hi; s++ {
		reduceSpan(how, int(p.ptr[s]), int(p.ptr[s+1]), out[s*n:s*n+n], x, n, p)
	}
}

// sumLong is segmentSum for segment s.
func sumLong[T Float](p *Plan, row, x []T, s, n int, how reduction) {
	from, to := int(p.ptr[s]), int(p.ptr[s+1])
	sumInTurn(row, from, to, func(sum []T, lo, hi int) { reduceSpan(sumRows, lo, hi, sum, x, n, p) })
	if how == meanRows {
		scale(row, row, 1/T(to-from))
	}
}

// SegmentCount sets out[s] to the number of rows of segment s.
func SegmentCount[T Float](out []T, ids []int, segs int) {
	out = out[:segs]
	p := emptyPlan(segs)
	defer p.release()
	if p.sorted(ids, segs) {
		for s := range out {
			out[s] = T(p.ptr[s+1] - p.ptr[s])
		}
		return
	}
	p.count(ids, segs)
	for s := range out {
		out[s] = T(p.ptr[s+1])
	}
}

// SegmentMeanGrad sets out[i,:] = g[s,:] over the number of rows of the segment
// s of row i, the gradient of SegmentMean, with g segs×n and out rows×n; a
// dropped row gets 0. The gradient of SegmentSum is [Gather].
func SegmentMeanGrad[T Float](out, g []T, p *Plan, n int) {
	inverse := scratch[T](p.segments())
	ForRows(p.segments(), 4, func(lo, hi int) {
		for s := lo; s < hi; s++ {
			(*inverse)[s] = 1 / T(p.ptr[s+1]-p.ptr[s])
		}
	})
	gather(out, g, p.ids, *inverse, p.segments(), n)
	release(inverse)
}
