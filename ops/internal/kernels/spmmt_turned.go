package kernels

import "math"

// turned is the entries of a matrix in blocks of rows, those of a block by
// their columns. A product with the transpose that takes them in this order
// reads a row of the sum once a block, not once an entry, and finds the rows of
// the block in the near caches. Each sum has the order of scatterRows, so the
// same bits.
type turned struct {
	bounds []int32 // of the rows of each block
	of     []int   // the first block of each accumulator
	ptr    []int32 // for each block, the bounds of its columns among its entries

	// For each entry, among those of its block: its row in the lower half, its
	// old place in the upper.
	entry []uint32
}

const (
	// turnAfter is the product from which on a matrix has its entries turned,
	// which takes as long as some of them.
	turnAfter = 8
	// nearRows is the size of the rows of a block, which stay in the second cache.
	nearRows = 1 << 17
	// turnedEntries is how many entries a column has in a block on average, at
	// least, and turnedRows the most rows for it.
	turnedEntries, turnedRows = 16, 1 << 12
)

// turnedFor is the turned entries for rows of so many bytes; nil where they do
// not pay, or not yet.
func (c *CSR) turnedFor(acc, bytes int) *turned {
	t := c.turned.Load()
	if t == nil && level > plain && c.products.Add(1) >= turnAfter {
		t = c.turn(acc, bytes)
		c.turned.Store(t)
	}
	if t == nil || len(t.bounds) == 0 {
		return nil
	}
	return t
}

// turn turns the entries; the result has no blocks where that does not pay.
func (c *CSR) turn(acc, bytes int) *turned {
	least := turnedEntries * c.Cols * c.Rows / len(c.Col)
	if least > turnedRows {
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
	t.ptr = make([]int32, blocks*(c.Cols+1))
	t.entry = make([]uint32, len(c.Col))
	Blocks(blocks, func(b int) { t.sort(c, b) })
	return t
}

// cut adds blocks of the rows lo..hi-1, none of more entries than 16 bits
// number; it reports whether that can be.
func (t *turned) cut(c *CSR, lo, hi, perBlock int) bool {
	for lo < hi {
		end := lo
		for end < hi && end < lo+perBlock && c.Ptr[end+1]-c.Ptr[lo] <= math.MaxUint16+1 {
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

// sort orders the entries of block b by column, and by row within one.
func (t *turned) sort(c *CSR, b int) {
	lo, hi := t.bounds[b], t.bounds[b+1]
	first := c.Ptr[lo]
	ptr := t.ptr[b*(c.Cols+1):][:c.Cols+1]
	for _, j := range c.Col[first:c.Ptr[hi]] {
		ptr[j+1]++
	}
	for j := range c.Cols {
		ptr[j+1] += ptr[j]
	}
	next := indexScratch(c.Cols)
	defer poolIndex.Put(next)
	copy(*next, ptr)
	entry := t.entry[first:]
	for r := lo; r < hi; r++ {
		for e := c.Ptr[r]; e < c.Ptr[r+1]; e++ {
			at := &(*next)[c.Col[e]]
			entry[*at] = uint32(r-lo) | uint32(e-first)<<16
			*at++
		}
	}
}

// addTurned is scatterRows for the blocks from..to-1.
func addTurned[T Float](sum []T, c *CSR, t *turned, vals, g []T, n, from, to int) {
	for b := from; b < to; b++ {
		lo, hi := int(t.bounds[b]), int(t.bounds[b+1])
		first := int(c.Ptr[lo])
		soon, step := at(g, hi*n), 0
		if b+1 < to {
			step = (int(t.bounds[b+1+1])-hi)*n*sizeOf[T]()/c.Cols + 1
		}
		panels[T](n, rowWidths, func(p panel) {
			asmTurned(at(sum, p.from), &t.ptr[b*(c.Cols+1)], at(t.entry, first), at(vals, first),
				at(g, lo*n+p.from), n, c.Cols, soon, step, p.tail, p.vecs)
			soon, step = at(g, 0), 0
		})
	}
}
