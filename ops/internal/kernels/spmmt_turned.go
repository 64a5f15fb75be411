package kernels

import (
	"math"
	"slices"
)

// turned is the entries of a matrix in blocks of rows, those of a block by
// their columns. A product with the transpose that takes them in this order
// reads a row of the sum once a block, not once an entry, and finds the rows of
// the block in the near caches. Each sum has the order of scatterRows, so the
// same bits.
type turned struct {
	bounds []int32 // of the rows of each block
	of     []int   // the first block of each accumulator
	ptr    []int32 // the bounds of each block among the lists

	// For each block, the columns that have entries in it: the column in the
	// lower half, the number of the entries in the upper.
	list []uint32

	// For each entry, among those of its block: its row in the lower half, its
	// old place in the upper.
	entry []uint32
}

const (
	// turnAfter is the product from which on a matrix has its entries turned,
	// which takes as long as some of them.
	turnAfter = 4
	// nearRows is the size of the rows of a block, which stay in the first cache.
	nearRows = 1 << 15
	// turnedEntries is how many entries a column has in a block on average, at
	// least, and turnedRows the most rows for it.
	turnedEntries, turnedRows = 8, 1 << 12
	// turnedWindow is how many columns are sorted by the number of their entries:
	// of more, the values would leave the first cache.
	turnedWindow = 128
)

// turnedFor is the turned entries for rows of so many bytes; nil where they do
// not pay, or not yet.
func (c *CSR) turnedFor(acc, bytes int) *turned {
	t := c.turned.after(turnAfter, func() *turned { return c.turn(acc, bytes) })
	if t == nil || len(t.bounds) == 0 {
		return nil
	}
	return t
}

// turn turns the entries; the result has no blocks where that does not pay.
func (c *CSR) turn(acc, bytes int) *turned {
	least := turnedEntries * c.Cols * c.Rows / len(c.Col)
	if least > turnedRows || c.Cols > math.MaxUint16 {
		return &turned{}
	}
	perBlock := max(least, min(turnedRows, nearRows/max(bytes, 1)))
	t := &turned{bounds: []int32{0}}
	for b := range acc {
		lo, hi := c.accumulated(b, acc)
		t.of = append(t.of, len(t.bounds)-1)
		if !t.cut(c, lo, hi, perBlock) {
			return &turned{}
		}
	}
	blocks := len(t.bounds) - 1
	t.of = append(t.of, blocks)
	t.entry = make([]uint32, len(c.Col))
	lists := make([][]uint32, blocks)
	Blocks(blocks, func(b int) { lists[b] = t.sort(c, b) })
	t.ptr = make([]int32, blocks+1)
	for b, l := range lists {
		t.ptr[b+1] = t.ptr[b] + int32(len(l))
	}
	t.list = slices.Concat(lists...)
	return t
}

// cut adds blocks of the rows lo..hi-1, none of more entries than 16 bits
// number; it reports whether that can be.
func (t *turned) cut(c *CSR, lo, hi, perBlock int) bool {
	for lo < hi {
		end := lo
		for end < hi && end < lo+perBlock && c.Ptr[end+1]-c.Ptr[lo] <= math.MaxUint16 {
			end++
		}
		if end == lo {
			return false
		}
		t.bounds = append(t.bounds, int32(end))
		lo = end
	}
	return true
}

// sort orders the entries of block b by column, and by row within one, and
// returns the columns. Among those of a window, columns of as many entries stand
// behind each other.
func (t *turned) sort(c *CSR, b int) (lists []uint32) {
	lo, hi := t.bounds[b], t.bounds[b+1]
	first := c.Ptr[lo]
	scratch := indexScratch(c.Cols)
	defer poolIndex.Put(scratch)
	next := *scratch
	clear(next)
	for _, j := range c.Col[first:c.Ptr[hi]] {
		next[j]++
	}
	for from := 0; from < c.Cols; from += turnedWindow {
		n := len(lists)
		for j := from; j < min(c.Cols, from+turnedWindow); j++ {
			if next[j] > 0 {
				lists = append(lists, uint32(j)|uint32(next[j])<<16)
			}
		}
		slices.Sort(lists[n:])
	}
	var at int32
	for _, l := range lists {
		next[l&math.MaxUint16] = at
		at += int32(l >> 16)
	}
	entry := t.entry[first:]
	for r := lo; r < hi; r++ {
		for e := c.Ptr[r]; e < c.Ptr[r+1]; e++ {
			at := &next[c.Col[e]]
			entry[*at] = uint32(r-lo) | uint32(e-first)<<16
			*at++
		}
	}
	return lists
}

// addTurned is scatterRows for the blocks from..to-1.
func addTurned[T Float](sum []T, c *CSR, t *turned, vals, g []T, n, from, to int) {
	for b := from; b < to; b++ {
		lo, hi := int(t.bounds[b]), int(t.bounds[b+1])
		first := int(c.Ptr[lo])
		lists := int(t.ptr[b+1] - t.ptr[b])
		soon, step, soonVals, stepVals := at(g, hi*n), 0, at(vals, int(c.Ptr[hi])), 0
		if b+1 < to && lists > 0 {
			end := int(t.bounds[b+1+1])
			step = (end-hi)*n*sizeOf[T]()/lists + 1
			stepVals = int(c.Ptr[end]-c.Ptr[hi])*sizeOf[T]()/lists + 1
		}
		panels[T](n, rowWidths, func(p panel) {
			asmTurned(at(sum, p.from), at(t.list, int(t.ptr[b])), lists, at(t.entry, first), at(vals, first),
				at(g, lo*n+p.from), n, soon, step, soonVals, stepVals, p.tail, p.vecs)
			soon, step, stepVals = at(g, 0), 0, 0
		})
	}
}
