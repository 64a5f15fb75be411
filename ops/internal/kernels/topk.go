package kernels

import (
	"fmt"
	"sync/atomic"
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
// segment, in order. It errs for a NaN score or where idx is too short; idx is undefined then.
func SegmentTopK[T Float](idx []int, score []T, ids []int, segs int, count func(n int) int, o TopKOptions) (int, error) {
	p := newPlan(ids, len(score), segs)
	defer p.release()
	offsets := indexScratch(segs + 1)
	defer poolIndex.Put(offsets)
	kept, err := topKOffsets(*offsets, p, segs, count, o.Slots, len(idx))
	if err != nil {
		return 0, err
	}
	var nan atomic.Int64 // 1 + the first row found to be NaN
	forSpans(p.ptr, topKCost, func(lo, hi int) {
		keys := keyScratch.Get().(*[]int64)
		var short ranking[T]
		for s := lo; s < hi; s++ {
			at, next := int((*offsets)[s]), int((*offsets)[s+1])
			k := next - at
			if o.Slots > 0 {
				at, next = s*o.Slots, (s+1)*o.Slots
			}
			var bad int
			if p.ptr[s+1]-p.ptr[s] <= rankAtMost {
				bad = short.keep(idx[at:at+k], score, p, s, o.Descending)
			} else {
				bad = keepMany(idx[at:at+k], score, p, s, o.Descending, keys)
			}
			if bad >= 0 {
				lowest(&nan, int64(bad)+1)
			}
			pad(idx[at+k : next])
		}
		keyScratch.Put(keys)
	})
	if bad := nan.Load(); bad > 0 {
		return 0, fmt.Errorf("score[%d] is NaN", bad-1)
	}
	pad(idx[max(kept, segs*o.Slots):])
	return kept, nil
}

// topKCost is the work of a row in a top-k.
const topKCost = 8

// pad fills idx with −1.
func pad(idx []int) {
	for i := range idx {
		idx[i] = -1
	}
}

// lowest sets a to v where it is 0 or larger.
func lowest(a *atomic.Int64, v int64) {
	for old := a.Load(); (old == 0 || v < old) && !a.CompareAndSwap(old, v); old = a.Load() {
	}
}

// topKOffsets sets offsets[s] to the number of rows kept in the segments before
// s and returns the number kept in all.
func topKOffsets(offsets []int32, p *Plan, segs int, count func(n int) int, slots, room int) (int, error) {
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
