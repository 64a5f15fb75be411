package shard

import (
	"fmt"
	"sort"
	"sync/atomic"
)

// Parts is a store in blocks of fewer rows: parts of its blocks, one after the
// other. What is read at a time is less, and may stay in a cache that a block
// does not fit. Checksums are those of the blocks, so a block is read whole
// where one of its parts is read first.
type Parts struct {
	store *Store
	first []int         // the first part of each block, and their number
	valid []atomic.Bool // see Store.valid
}

// Parts is the store in blocks of at most so many rows, at least 1.
func (s *Store) Parts(rows int) *Parts {
	rows = max(1, rows)
	p := &Parts{store: s, first: make([]int, s.Blocks()+1)}
	for b := range s.Blocks() {
		lo, hi := s.Rows(b)
		p.first[b+1] = p.first[b] + (int(hi-lo)+rows-1)/rows
	}
	p.valid = make([]atomic.Bool, p.Blocks())
	return p
}

// Meta is that of the store.
func (p *Parts) Meta() Meta { return p.store.Meta() }

// Blocks is the number of parts.
func (p *Parts) Blocks() int { return p.first[len(p.first)-1] }

// Rows is the rows of part i, from lo up to hi.
func (p *Parts) Rows(i int) (lo, hi int64) {
	_, lo, hi = p.at(i)
	return lo, hi
}

// at is the block of part i, and its rows. The parts of a block have as many rows
// each as can be.
func (p *Parts) at(i int) (b int, lo, hi int64) {
	b = sort.SearchInts(p.first, i+1) - 1
	from, to := p.store.Rows(b)
	j, parts := int64(i-p.first[b]), int64(p.first[b+1]-p.first[b])
	return b, from + (to-from)*j/parts, from + (to-from)*(j+1)/parts
}

// part is at, and errs unless there is a part i.
func (p *Parts) part(i int) (b int, lo, hi int64, err error) {
	if i < 0 || i >= p.Blocks() {
		return 0, 0, 0, fmt.Errorf("shard: %s: part = %d, want 0 to %d", p.store.dir, i, p.Blocks()-1)
	}
	b, lo, hi = p.at(i)
	return b, lo, hi, nil
}

// Features is those of the rows of part i; see Store.Features.
func (p *Parts) Features(hop, i int, dst []float32) ([]float32, error) {
	b, lo, hi, err := p.part(i)
	if err != nil {
		return nil, err
	}
	return p.store.featureRows(hop, b, lo, hi, dst)
}

// Edges sets e to the rows of A of part i; see Store.Edges.
func (p *Parts) Edges(i int, e *Edges) error {
	b, lo, hi, err := p.part(i)
	if err != nil {
		return err
	}
	return p.store.edgeRows(b, lo, hi, e, &p.valid[i])
}

// Degrees is the sums of the rows of A of part i; see Store.Degrees.
func (p *Parts) Degrees(i int, dst []float64) ([]float64, error) {
	b, lo, hi, err := p.part(i)
	if err != nil {
		return nil, err
	}
	return rowsOf(p.store, degreesName, b, lo, hi, dst)
}
