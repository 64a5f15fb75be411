package kernels

import (
	"math"
	"slices"
)

// listed is, for each of some groups of rows and each block of columns, the
// entries of each row in the block, which follow each other. A product that
// takes the entries in this order finds the rows of the dense factor, those of a
// block, in the first cache, and reads the sums once a block. Each sum has the
// order of the entries, so the same bits.
type listed struct {
	rows   []int32 // bounds of the groups
	blocks int     // of columns

	// For each group and block, as many as the group has rows: the first entry,
	// among those of the group, in bits 0 to 31, the row, among those of the
	// group, in bits 32 to 47, the number of entries in bits 48 to 63. Rows with
	// as many entries in the block stand behind each other.
	list []uint64
}

const (
	// listedEntries is how many entries a row has in a block on average, at least.
	listedEntries = 12
	// groupEntries and groupRows bound a group: what a product reads and writes of
	// it stays in the second cache from block to block.
	groupEntries, groupRows = 1 << 14, 1 << 9
)

// listedFor is the lists for a dense factor of rows of so many bytes; nil where
// they do not pay, or not yet.
func (c *CSR) listedFor(bytes int) *listed {
	l := c.lists.after(turnAfter, func() *listed { return c.makeLists(bytes) })
	if l == nil || l.blocks == 0 {
		return nil
	}
	return l
}

// makeLists makes the lists; the result has no blocks where they do not pay.
func (c *CSR) makeLists(bytes int) *listed {
	per := max(1, nearRows/max(bytes, 1))
	blocks := (c.Cols + per - 1) / per
	if blocks < 2 || len(c.Col)/listedEntries < c.Rows*blocks || !c.ascending() {
		return &listed{}
	}
	l := &listed{rows: []int32{0}, blocks: blocks, list: make([]uint64, c.Rows*blocks)}
	for lo := 0; lo < c.Rows; {
		end := lo + 1
		for end < c.Rows && end < lo+groupRows && int(c.Ptr[end+1]-c.Ptr[lo]) <= groupEntries {
			end++
		}
		if int(c.Ptr[end]-c.Ptr[lo]) > math.MaxUint16 {
			return &listed{}
		}
		l.rows = append(l.rows, int32(end))
		lo = end
	}
	Blocks(len(l.rows)-1, func(g int) { l.fill(c, g) })
	return l
}

// ascending reports whether the columns ascend within each row.
func (c *CSR) ascending() bool {
	for r := range c.Rows {
		if !slices.IsSorted(c.Col[c.Ptr[r]:c.Ptr[r+1]]) {
			return false
		}
	}
	return true
}

// of is the lists of a group for block b of columns.
func (l *listed) of(g, b int) []uint64 {
	lo, hi := int(l.rows[g]), int(l.rows[g+1])
	return l.list[lo*l.blocks+b*(hi-lo):][:hi-lo]
}

// fill makes the lists of group g.
func (l *listed) fill(c *CSR, g int) {
	lo, hi := int(l.rows[g]), int(l.rows[g+1])
	for r := lo; r < hi; r++ {
		e := c.Ptr[r]
		for b := range l.blocks {
			first, end := e, int32((b+1)*c.Cols/l.blocks)
			for e < c.Ptr[r+1] && c.Col[e] < end {
				e++
			}
			l.of(g, b)[r-lo] = uint64(first-c.Ptr[lo]) | uint64(r-lo)<<32 | uint64(e-first)<<48
		}
	}
	for b := range l.blocks {
		slices.Sort(l.of(g, b))
	}
}

// spmmListed sets out = a(M·x + b), with a bias b of n elements or nil.
func spmmListed[T Float](out []T, c *CSR, l *listed, vals, x, b []T, a Act, n int) {
	stream := streams(out, n)
	Blocks(len(l.rows)-1, func(g int) {
		lo, hi := int(l.rows[g]), int(l.rows[g+1])
		if a == Identity {
			spmmGroup(out[lo*n:hi*n], c, l, g, vals, x, b, n)
			return
		}
		buf := scratch[T]((hi - lo) * n)
		spmmGroup(*buf, c, l, g, vals, x, b, n)
		activate(out[lo*n:hi*n], *buf, a, stream)
		release(buf)
	})
}

// spmmGroup sets out to the rows of group g of M·x + b. The first panel of
// columns asks for the entries of the next group.
func spmmGroup[T Float](out []T, c *CSR, l *listed, g int, vals, x, b []T, n int) {
	first, end := int(c.Ptr[l.rows[g]]), int(c.Ptr[l.rows[g+1]])
	rows := int(l.rows[g+1] - l.rows[g])
	stepCol, stepVals := 0, 0 // bytes to ask for at each row
	if g+2 < len(l.rows) {
		ahead, steps := int(c.Ptr[l.rows[g+2]])-end, l.blocks*rows
		stepCol, stepVals = ahead*4/steps+1, ahead*sizeOf[T]()/steps+1
	}
	panels[T](n, rowWidths, func(p panel) {
		for k := range l.blocks {
			fresh, bias := 0, (*T)(nil)
			if k == 0 {
				fresh = 1
			}
			if k == l.blocks-1 && b != nil {
				bias = at(b, p.from)
			}
			soonCol, soonVals := end+k*rows*stepCol/4, end+k*rows*stepVals/sizeOf[T]()
			asmListed(at(out, p.from), at(l.of(g, k), 0), rows, at(c.Col, first), at(vals, first), at(x, p.from), n, fresh, bias,
				at(c.Col, soonCol), stepCol, at(vals, soonVals), stepVals, p.tail, p.vecs)
		}
		stepCol, stepVals = 0, 0
	})
}
