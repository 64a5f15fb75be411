package kernels

import (
	"sync"
	"sync/atomic"
)

// Plan lists the rows of every segment: segment s has the rows
// order[ptr[s]..ptr[s+1]-1], ascending, or those numbers themselves where order
// is nil because the ids were sorted. Rows outside [0, segs) are in none. The
// rows are sorted by counting them; a Plan that is kept spares that while the
// ids stay.
type Plan struct {
	ids        []int
	ptr, order []int32
	ptrBuf     []int32
	orderBuf   []int32
	print      uint64 // of the ids
}

var planPool = sync.Pool{New: func() any { return new(Plan) }}

// NewPlan is the plan of ids, the segment of each row.
func NewPlan(ids []int, segs int) *Plan {
	p := new(Plan)
	_ = p.Update(ids, segs, func() error { return nil })
	return p
}

// Update makes p the plan of ids, in linear time, unless it is that already:
// ids that are the same as before are told from a fingerprint of 64 bits, one
// pass over them. Others are checked first, by check; its error leaves p as it
// was. p holds 4 bytes a segment, and 4 a row where the ids are not sorted.
func (p *Plan) Update(ids []int, segs int, check func() error) error {
	print := Fingerprint(ids)
	if len(p.ptr) == segs+1 && len(p.ids) == len(ids) && p.print == print {
		p.ids = ids
		return nil
	}
	if err := check(); err != nil {
		return err
	}
	p.reset(segs)
	p.ids, p.print = ids, print
	p.make(ids, segs)
	return nil
}

// IDs are those of the last Update.
func (p *Plan) IDs() []int { return p.ids }

// make lists the rows.
func (p *Plan) make(ids []int, segs int) {
	if !p.sorted(ids, segs) {
		p.sort(ids, segs)
	}
}

// newPlan is the plan of ids for one call; release hands it back. nil ids
// stand for rows rows in one segment.
func newPlan(ids []int, rows, segs int) *Plan {
	p := emptyPlan(segs)
	if ids == nil {
		clear(p.ptr)
		if segs > 0 {
			p.ptr[segs] = int32(rows)
		}
		for s := 1; s < segs; s++ {
			p.ptr[s] = int32(rows)
		}
		return p
	}
	p.make(ids, segs)
	return p
}

// emptyPlan is a plan with room for so many segments.
func emptyPlan(segs int) *Plan {
	p := planPool.Get().(*Plan)
	p.reset(segs)
	return p
}

// reset makes room for so many segments.
func (p *Plan) reset(segs int) { p.ptr, p.order = *grow(&p.ptrBuf, segs+1), nil }

// segments is how many there are.
func (p *Plan) segments() int { return len(p.ptr) - 1 }

// planBlock is the number of ids that are looked at together; where segments
// have longRun rows on average, equal ids are passed over eight at a time.
const (
	planBlock = 1 << 15
	longRun   = 16
)

// sorted reports whether the ids never fall, dropped ones before the first and
// behind the last aside, and fills ptr if so.
func (p *Plan) sorted(ids []int, segs int) bool {
	lo, hi := 0, len(ids)
	for lo < hi && uint(ids[lo]) >= uint(segs) {
		lo++
	}
	for lo < hi && uint(ids[hi-1]) >= uint(segs) {
		hi--
	}
	if lo == hi {
		clear(p.ptr)
		return true
	}
	if hi-lo <= planBlock {
		return p.sortedBlock(ids, lo, hi)
	}
	var falls atomic.Bool
	forBlocks(hi-lo, planBlock, func(from, to int) {
		if !falls.Load() && !ascending(ids[lo+max(from-1, 0):lo+to]) {
			falls.Store(true)
		}
	})
	if falls.Load() {
		return false
	}
	clear(p.ptr)
	forBlocks(hi-lo, planBlock, func(from, to int) { markEnds(p.ptr, ids[:hi], lo+from, lo+to) })
	p.fillGaps(lo)
	return true
}

// sortedBlock is sorted for the rows lo..hi-1, the first and the last of which
// are in a segment, in one pass.
func (p *Plan) sortedBlock(ids []int, lo, hi int) bool {
	clear(p.ptr)
	before, last := 0, ids[hi-1]
	long := hi-lo >= longRun*(len(p.ptr)-1)
	for i := lo; i < hi; {
		s := ids[i]
		if s < before || s > last {
			return false
		}
		i++
		if long {
			i += runOf(ids[i:hi], s)
		}
		before = s
		p.ptr[s+1] = int32(i)
	}
	p.fillGaps(lo)
	return true
}

// runOf is how many elements ids begins with that are s.
func runOf(ids []int, s int) (n int) {
	for ; n+8 <= len(ids); n += 8 {
		w := (*[8]int)(ids[n:])
		if (w[0]^s)|(w[1]^s)|(w[2]^s)|(w[3]^s)|(w[4]^s)|(w[5]^s)|(w[6]^s)|(w[7]^s) != 0 {
			break
		}
	}
	for ; n+4 <= len(ids); n += 4 {
		w := (*[4]int)(ids[n:])
		if (w[0]^s)|(w[1]^s)|(w[2]^s)|(w[3]^s) != 0 {
			break
		}
	}
	for n < len(ids) && ids[n] == s {
		n++
	}
	return n
}

// fillGaps makes bounds of the ends of the segments that have rows, the first of
// which is row lo.
func (p *Plan) fillGaps(lo int) {
	p.ptr[0] = int32(lo)
	for s, end := range p.ptr[:len(p.ptr)-1] {
		p.ptr[s+1] = max(end, p.ptr[s+1])
	}
}

// ascending reports whether ids never fall. The first and the last are in
// range, so all are where they do.
func ascending(ids []int) bool {
	for i := 1; i < len(ids); i++ {
		if ids[i] < ids[i-1] {
			return false
		}
	}
	return true
}

// markEnds sets ends[s+1] to the row behind the last of segment s, for the
// segments that end among the rows from..to-1 of sorted ids.
func markEnds(ends []int32, ids []int, from, to int) {
	open := -1 // the segment that does not end here
	if to < len(ids) {
		open = ids[to]
	}
	for to > from && ids[to-1] == open {
		to--
	}
	for i := from; i < to; i++ {
		ends[ids[i]+1] = int32(i + 1) // the last row of a segment has the last word
	}
}

// count sets ptr[s+1] to the number of rows of segment s.
func (p *Plan) count(ids []int, segs int) {
	clear(p.ptr)
	for _, s := range ids {
		if uint(s) < uint(segs) {
			p.ptr[s+1]++
		}
	}
}

// sortBlocks bounds the blocks of rows that a sort looks at side by side.
const sortBlocks = 4

// sort fills ptr and order by a counting sort: blocks of rows are counted, and
// laid out, side by side.
func (p *Plan) sort(ids []int, segs int) {
	blocks := max(1, min(len(ids)/max(segs, planBlock), sortBlocks))
	per := (len(ids) + blocks - 1) / blocks
	counts := indexScratch(blocks * segs)
	defer poolIndex.Put(counts)
	block := func(b int) (part []int, next []int32) {
		return ids[min(len(ids), b*per):min(len(ids), (b+1)*per)], (*counts)[b*segs:][:segs]
	}
	Blocks(blocks, func(b int) {
		ids, next := block(b)
		clear(next)
		for _, s := range ids {
			if uint(s) < uint(len(next)) {
				next[s]++
			}
		}
	})
	p.starts(*counts, blocks, segs)
	p.order = *grow(&p.orderBuf, int(p.ptr[segs]))
	Blocks(blocks, func(b int) {
		ids, next := block(b)
		for i, s := range ids {
			if uint(s) < uint(len(next)) {
				p.order[next[s]] = int32(b*per + i)
				next[s]++
			}
		}
	})
}

// starts fills ptr from the counts of each block, and makes of each count the
// place of the first row that it counted.
func (p *Plan) starts(counts []int32, blocks, segs int) {
	var at int32
	for s := range segs {
		p.ptr[s] = at
		for b := range blocks {
			c := &counts[b*segs+s]
			*c, at = at, at+*c
		}
	}
	p.ptr[segs] = at
}

// row returns the row at place e of the plan.
func (p *Plan) row(e int32) int {
	if p.order == nil {
		return int(e)
	}
	return int(p.order[e])
}

// few reports whether the segments are so long that each is worth the work of
// all goroutines, for rows of n columns.
func (p *Plan) few(n int) bool {
	segs := p.segments()
	return segs > 0 && int(p.ptr[segs]-p.ptr[0])*n/segs > 8*grain
}

// nextLong is the first of the segments from lo on, up to hi, of more than
// narrowRows rows; hi where there is none.
func (p *Plan) nextLong(lo, hi int) int {
	if int(p.ptr[hi]-p.ptr[lo]) <= narrowRows {
		return hi
	}
	for ; lo < hi; lo++ {
		if p.ptr[lo+1]-p.ptr[lo] > narrowRows {
			return lo
		}
	}
	return hi
}

// zeroDropped calls f for every row that is in no segment.
func (p *Plan) zeroDropped(f func(i int)) {
	segs := p.segments()
	if int(p.ptr[segs]-p.ptr[0]) == len(p.ids) {
		return
	}
	for i, s := range p.ids {
		if uint(s) >= uint(segs) {
			f(i)
		}
	}
}

// release hands the plan back.
func (p *Plan) release() { planPool.Put(p) }
