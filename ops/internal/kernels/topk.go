package kernels

import (
	"fmt"
	"slices"
)

// TopKOptions says how SegmentTopK lays its result out.
type TopKOptions struct {
	// Slots > 0 gives every segment that many places: the result of segment s
	// starts at s·Slots, and keeps at most Slots rows. With 0 the segments
	// follow each other without gaps.
	Slots int
	// Descending orders the rows of a segment by falling score, ties by rising
	// index. The default is by rising index.
	Descending bool
}

// SegmentTopK keeps, in every segment s of n rows, the count(n) rows of highest
// score (limited to [0, n]); of equal scores the lower index is kept. It writes
// their indices to idx, −1 wherever idx holds none, and returns how many it
// kept. ids[i] is the segment of row i, outside [0, segs) for a row that is in
// none; nil ids put all rows in segment 0. count is called once for each
// segment, in order. It errs for a NaN score, or where idx is too short.
func SegmentTopK[T Float](idx []int, score []T, ids []int, segs int, count func(n int) int, o TopKOptions) (int, error) {
	for i, v := range score {
		if v != v && (ids == nil || uint(ids[i]) < uint(segs)) {
			return 0, fmt.Errorf("score[%d] is NaN", i)
		}
	}
	p := newPlan(ids, len(score), segs)
	defer p.release()
	offsets := indexScratch(segs + 1)
	defer poolIndex.Put(offsets)
	kept, err := topKOffsets(*offsets, p, segs, count, o.Slots, len(idx))
	if err != nil {
		return 0, err
	}
	for i := range idx {
		idx[i] = -1
	}
	forSpans(p.ptr, 16, func(lo, hi int) {
		for s := lo; s < hi; s++ {
			at, k := int((*offsets)[s]), int((*offsets)[s+1]-(*offsets)[s])
			if o.Slots > 0 {
				at = s * o.Slots
			}
			topK(idx[at:at+k], score, p, s, o.Descending)
		}
	})
	return kept, nil
}

// topKOffsets sets offsets[s] to the number of rows kept in the segments before
// s and returns the number kept in all.
func topKOffsets(offsets []int32, p *segPlan, segs int, count func(n int) int, slots, room int) (int, error) {
	offsets[0] = 0
	for s := range segs {
		n := int(p.ptr[s+1] - p.ptr[s])
		k := min(max(count(n), 0), n)
		if slots > 0 {
			k = min(k, slots)
		}
		offsets[s+1] = offsets[s] + int32(k)
	}
	kept := int(offsets[segs])
	if need := max(kept, segs*slots); need > room {
		return 0, fmt.Errorf("top-k needs %d places, the result has %d", need, room)
	}
	return kept, nil
}

// topK writes the len(idx) best rows of segment s to idx.
func topK[T Float](idx []int, score []T, p *segPlan, s int, descending bool) {
	from, to := p.ptr[s], p.ptr[s+1]
	buf := indexScratch(int(to - from))
	rows := *buf
	for e := range rows {
		rows[e] = int32(p.row(from + int32(e)))
	}
	slices.SortFunc(rows, func(a, b int32) int {
		switch u, v := score[a], score[b]; {
		case u > v:
			return -1
		case u < v:
			return 1
		}
		return int(a - b)
	})
	rows = rows[:len(idx)]
	if !descending {
		slices.Sort(rows)
	}
	for e, i := range rows {
		idx[e] = int(i)
	}
	poolIndex.Put(buf)
}
