package kernels

import "sync"

// segPlan lists the rows of every segment: segment s has the rows
// order[ptr[s]..ptr[s+1]-1], ascending, or those numbers themselves where order
// is nil because the ids were sorted. Rows outside [0, segs) are in none.
type segPlan struct {
	ptr, order []int32
	ptrBuf     []int32
	orderBuf   []int32
}

var planPool = sync.Pool{New: func() any { return new(segPlan) }}

// newPlan builds the plan of ids in linear time; release hands it back. nil ids
// stand for rows rows in one segment.
func newPlan(ids []int, rows, segs int) *segPlan {
	p := planPool.Get().(*segPlan)
	p.ptr, p.order = *grow(&p.ptrBuf, segs+1), nil
	clear(p.ptr)
	if ids == nil {
		if segs > 0 {
			p.ptr[segs] = int32(rows)
		}
		for s := 1; s < segs; s++ {
			p.ptr[s] = int32(rows)
		}
		return p
	}
	first, sorted := p.count(ids, segs)
	if sorted {
		p.ptr[0] = int32(first)
	}
	for s := range segs {
		p.ptr[s+1] += p.ptr[s]
	}
	if !sorted {
		p.sort(ids, segs)
	}
	return p
}

// count writes the size of segment s to ptr[s+1]. It returns the first row that
// is in a segment and whether the rows in segments are consecutive and sorted.
func (p *segPlan) count(ids []int, segs int) (first int, sorted bool) {
	sorted = true
	last, end := -1, -1
	for i, s := range ids {
		if uint(s) >= uint(segs) {
			continue
		}
		if last < 0 {
			first = i
		} else if s < last || end != i {
			sorted = false
		}
		last, end = s, i+1
		p.ptr[s+1]++
	}
	return first, sorted
}

// sort fills order by a counting sort.
func (p *segPlan) sort(ids []int, segs int) {
	p.order = *grow(&p.orderBuf, int(p.ptr[segs]))
	next := indexScratch(segs)
	copy(*next, p.ptr[:segs])
	for i, s := range ids {
		if uint(s) < uint(segs) {
			p.order[(*next)[s]] = int32(i)
			(*next)[s]++
		}
	}
	poolIndex.Put(next)
}

// row returns the row at place e of the plan.
func (p *segPlan) row(e int32) int {
	if p.order == nil {
		return int(e)
	}
	return int(p.order[e])
}

// zeroDropped calls f for every row that is in no segment.
func (p *segPlan) zeroDropped(ids []int, segs int, f func(i int)) {
	if int(p.ptr[segs]-p.ptr[0]) == len(ids) {
		return
	}
	for i, s := range ids {
		if uint(s) >= uint(segs) {
			f(i)
		}
	}
}

// release hands the plan back.
func (p *segPlan) release() { planPool.Put(p) }
