package shard

import (
	"encoding/binary"
	"fmt"
	"sync/atomic"
)

// Features reads X (hop 0) or ÂᵗX (hop t) of block b, row by row, into dst,
// which grows where it is too small, and returns it.
func (s *Store) Features(hop, b int, dst []float32) ([]float32, error) {
	if err := s.checkBlock(b); err != nil {
		return nil, err
	}
	lo, hi := s.Rows(b)
	return s.featureRows(hop, b, lo, hi, dst)
}

// featureRows is Features of the rows from lo up to hi of block b.
func (s *Store) featureRows(hop, b int, lo, hi int64, dst []float32) ([]float32, error) {
	switch {
	case s.meta.Features == 0:
		return nil, fmt.Errorf("shard: %s: the store has no features", s.dir)
	case hop < 0 || hop > s.meta.Propagated:
		return nil, fmt.Errorf("shard: %s: hop = %d, want 0 to %d: the store has no more propagated features", s.dir, hop, s.meta.Propagated)
	}
	dst = grown(dst, int(hi-lo)*s.meta.Features)
	if err := s.features(hop, b, lo, dst); err != nil {
		return nil, fmt.Errorf("shard: %w", err)
	}
	return dst, nil
}

// features fills dst with rows of block b, from row lo on.
func (s *Store) features(hop, b int, lo int64, dst []float32) error {
	f, row := s.files[featuresName(hop)], int64(s.meta.Features)*s.meta.featureBytes()
	block := s.part(b, row)
	if s.meta.Dtype == Float32 {
		return readPart(f, b, block, lo*row, dst)
	}
	half, _ := s.half.Get().(*[]uint16)
	if half == nil {
		half = new([]uint16)
	}
	defer s.half.Put(half)
	*half = grown(*half, len(dst))
	if err := readPart(f, b, block, lo*row, *half); err != nil {
		return err
	}
	fromBFloat16(*half, dst)
	return nil
}

// part is where block b is in a file of so many bytes a row.
func (s *Store) part(b int, row int64) extent {
	lo, hi := s.Rows(b)
	return extent{lo * row, hi * row}
}

// Edges reads the rows of A of block b into e, whose slices grow where they
// are too small. Weight is nil where the graph has no weights.
func (s *Store) Edges(b int, e *Edges) error {
	if err := s.checkBlock(b); err != nil {
		return err
	}
	lo, hi := s.Rows(b)
	return s.edgeRows(b, lo, hi, e, &s.valid[b])
}

// edgeRows is Edges of the rows from lo up to hi of block b. valid remembers that
// they fit the nodes.
func (s *Store) edgeRows(b int, lo, hi int64, e *Edges, valid *atomic.Bool) error {
	if err := s.edges(b, lo, hi, e, valid); err != nil {
		return fmt.Errorf("shard: %w", err)
	}
	return nil
}

// edges reads the rows from lo up to hi, at least one, of block b. They are checked
// unless valid, which may be nil, remembers that they were.
func (s *Store) edges(b int, lo, hi int64, e *Edges, valid *atomic.Bool) error {
	at, next := s.blocks[b], s.blocks[b+1]
	rows := int(hi - lo)
	e.Ptr = grown(e.Ptr, rows+1)
	kept := e.Ptr
	if hi == next.row { // the last row ends with the block
		kept, e.Ptr[rows] = e.Ptr[:rows], next.entry
	}
	if err := readPart(s.files[rowsName], b, s.part(b, 8), 8*lo, kept); err != nil {
		return err
	}
	first, end := e.Ptr[0], e.Ptr[rows]
	if lo == at.row {
		first = at.entry
	}
	if first < at.entry || end < first || end > next.entry {
		return fmt.Errorf("%s: block %d: rows %d to %d have the entries %d to %d, want some of %d to %d", s.dir, b, lo, hi, first, end, at.entry, next.entry)
	}
	for i := range e.Ptr {
		e.Ptr[i] -= first
	}
	entries, block := int(end-first), extent{4 * at.entry, 4 * next.entry}
	e.Col = grown(e.Col, entries)
	if err := readPart(s.files[columnsName], b, block, 4*first, e.Col); err != nil {
		return err
	}
	if !s.meta.Weighted {
		e.Weight = nil
	} else {
		e.Weight = grown(e.Weight, entries)
		if err := readPart(s.files[weightsName], b, block, 4*first, e.Weight); err != nil {
			return err
		}
	}
	if valid != nil && valid.Load() { // of the same bytes, as their checksums say
		return nil
	}
	if err := e.check(s.meta.Nodes); err != nil {
		return fmt.Errorf("%s: block %d: %w", s.dir, b, err)
	}
	if valid != nil {
		valid.Store(true)
	}
	return nil
}

// Degrees reads the sums of the rows of A of block b into dst, which grows
// where it is too small, and returns it.
func (s *Store) Degrees(b int, dst []float64) ([]float64, error) {
	return column(s, degreesName, b, dst)
}

// Labels reads the classes of the nodes of block b, −1: none. See Degrees.
func (s *Store) Labels(b int, dst []int32) ([]int32, error) {
	return column(s, labelsName, b, dst)
}

// Order reads the number that each row of block b had in what the store was
// made of. A store whose rows were not ordered gives their own numbers. See
// Degrees.
func (s *Store) Order(b int, dst []int64) ([]int64, error) {
	if s.meta.Ordered {
		return column(s, orderName, b, dst)
	}
	if err := s.checkBlock(b); err != nil {
		return nil, err
	}
	lo, hi := s.Rows(b)
	dst = grown(dst, int(hi-lo))
	for i := range dst {
		dst[i] = lo + int64(i)
	}
	return dst, nil
}

// column reads one value a row.
func column[T number](s *Store, name string, b int, dst []T) ([]T, error) {
	if err := s.checkBlock(b); err != nil {
		return nil, err
	}
	lo, hi := s.Rows(b)
	return rowsOf(s, name, b, lo, hi, dst)
}

// rowsOf reads one value for each of the rows from lo up to hi of block b.
func rowsOf[T number](s *Store, name string, b int, lo, hi int64, dst []T) ([]T, error) {
	f, size := s.files[name], int64(sizeOf[T]())
	if f == nil {
		return nil, fmt.Errorf("shard: %s: the store has no %s", s.dir, name)
	}
	dst = grown(dst, int(hi-lo))
	if err := readPart(f, b, s.part(b, size), lo*size, dst); err != nil {
		return nil, fmt.Errorf("shard: %w", err)
	}
	return dst, nil
}

// Names reads the names of the nodes of block b. It errs where Meta.Named is
// false. See Degrees.
func (s *Store) Names(b int, dst []string) ([]string, error) {
	f := s.files[namesName]
	if f == nil {
		return nil, fmt.Errorf("shard: %s: the store has no names", s.dir)
	}
	if err := s.checkBlock(b); err != nil {
		return nil, err
	}
	at, next := s.blocks[b], s.blocks[b+1]
	text := make([]uint8, next.name-at.name)
	if err := readBlock(f, b, at.name, text); err != nil {
		return nil, fmt.Errorf("shard: %w", err)
	}
	dst = grown(dst, int(next.row-at.row))
	for i := range dst {
		n, used := binary.Uvarint(text)
		if used < 1 || n > uint64(len(text)-used) {
			return nil, fmt.Errorf("shard: %s: block %d: name %d is cut off", f.path, b, i)
		}
		dst[i], text = string(text[used:used+int(n)]), text[used+int(n):]
	}
	return dst, nil
}

// checkBlock errs unless there is a block b.
func (s *Store) checkBlock(b int) error {
	if b < 0 || b >= s.Blocks() {
		return fmt.Errorf("shard: %s: block = %d, want 0 to %d", s.dir, b, s.Blocks()-1)
	}
	return nil
}
