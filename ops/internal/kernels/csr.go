package kernels

import "sync/atomic"

// CSR is the pattern of a sparse matrix: row r has the entries
// Ptr[r]..Ptr[r+1]-1, entry e lies in column Col[e]. Values are kept apart, in
// the order of the entries. A CSR is immutable once built, but for what it keeps
// to be faster.
type CSR struct {
	Rows, Cols int
	Ptr, Col   []int32

	parts []int32 // bounds of blocks of rows with about equal numbers of entries

	turned order[turned] // for products with the transpose
	lists  order[listed] // for products with the matrix itself
}

// order is another order of the entries, made where it has been asked for often
// enough.
type order[O any] struct {
	atomic.Pointer[O]
	asked atomic.Int32
}

// after is the order, made at the n-th call; nil before, and in plain Go.
func (o *order[O]) after(n int32, make func() *O) *O {
	m := o.Load()
	if m == nil && level > plain && o.asked.Add(1) >= n {
		m = make()
		o.Store(m)
	}
	return m
}

// NewCSR wraps a validated pattern: ptr has rows+1 elements, starts at 0 and
// never falls, and every col lies in [0, cols). It keeps the slices and cuts
// the rows into blocks of about equal work. Nothing is checked again later.
func NewCSR(rows, cols int, ptr, col []int32) *CSR {
	c := &CSR{Rows: rows, Cols: cols, Ptr: ptr, Col: col}
	c.parts = rowParts(ptr)
	return c
}

// NNZ returns the number of entries.
func (c *CSR) NNZ() int { return len(c.Col) }

// rowParts cuts rows into blocks of 512 to 16,384 entries and rows.
func rowParts(ptr []int32) []int32 {
	rows := len(ptr) - 1
	if rows <= 0 {
		return []int32{0}
	}
	total := spanWeight(ptr, rows)
	per := min(max(total/16, 512), 1<<14)
	parts := make([]int32, 1, total/per+2)
	for w := per; w < total; w += per {
		if r := int32(spanCut(ptr, w)); r > parts[len(parts)-1] {
			parts = append(parts, r)
		}
	}
	if int(parts[len(parts)-1]) < rows {
		parts = append(parts, int32(rows))
	}
	return parts
}

// forParts calls f on every block of rows; work is the cost of one entry. Less
// than a grain of work in all runs on the calling goroutine.
func (c *CSR) forParts(work int, f func(lo, hi int)) {
	if c.Rows == 0 {
		return
	}
	if (len(c.Col)+c.Rows)*max(work, 1) < grain {
		f(0, c.Rows)
		return
	}
	blocksInTurn(len(c.parts)-1, func(b int) { f(int(c.parts[b]), int(c.parts[b+1])) })
}

// Transpose returns the transposed pattern, its columns ascending in each row,
// and perm: entry e of t is entry perm[e] of c. It takes linear time.
func (c *CSR) Transpose() (t *CSR, perm []int32) {
	ptr := make([]int32, c.Cols+1)
	for _, j := range c.Col {
		ptr[j+1]++
	}
	for j := range c.Cols {
		ptr[j+1] += ptr[j]
	}
	next := append([]int32(nil), ptr[:c.Cols]...)
	col, perm := make([]int32, len(c.Col)), make([]int32, len(c.Col))
	for r := range c.Rows {
		for e := c.Ptr[r]; e < c.Ptr[r+1]; e++ {
			at := next[c.Col[e]]
			next[c.Col[e]]++
			col[at], perm[at] = int32(r), e
		}
	}
	return NewCSR(c.Cols, c.Rows, ptr, col), perm
}

// Symmetric reports whether the pattern equals its transpose, whatever the
// order of the entries within a row. It takes linear time.
func (c *CSR) Symmetric() bool {
	if c.Rows != c.Cols {
		return false
	}
	t, _ := c.Transpose()
	s, _ := t.Transpose()
	for i, p := range t.Ptr {
		if p != s.Ptr[i] {
			return false
		}
	}
	for e, j := range t.Col {
		if j != s.Col[e] {
			return false
		}
	}
	return true
}
