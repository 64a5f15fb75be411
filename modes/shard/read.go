package shard

import (
	"encoding/binary"
	"fmt"
)

// Features reads X (hop 0) or ÂᵗX (hop t) of block b, row by row, into dst,
// which grows where it is too small, and returns it.
func (s *Store) Features(hop, b int, dst []float32) ([]float32, error) {
	switch {
	case s.meta.Features == 0:
		return nil, fmt.Errorf("shard: %s: the store has no features", s.dir)
	case hop < 0 || hop > s.meta.Propagated:
		return nil, fmt.Errorf("shard: %s: hop = %d, want 0 to %d: the store has no more propagated features", s.dir, hop, s.meta.Propagated)
	}
	if err := s.checkBlock(b); err != nil {
		return nil, err
	}
	f, width := s.files[featuresName(hop)], int64(s.meta.Features)
	lo, hi := s.Rows(b)
	dst = grown(dst, int((hi-lo)*width))
	at := lo * width * s.meta.featureBytes()
	var err error
	if s.meta.Dtype == Float32 {
		err = readBlock(f, b, at, dst)
	} else {
		half, _ := s.half.Get().(*[]uint16)
		if half == nil {
			half = new([]uint16)
		}
		defer s.half.Put(half)
		*half = grown(*half, len(dst))
		if err = readBlock(f, b, at, *half); err == nil {
			fromBFloat16(*half, dst)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("shard: %w", err)
	}
	return dst, nil
}

// Edges reads the rows of A of block b into e, whose slices grow where they
// are too small. Weight is nil where the graph has no weights.
func (s *Store) Edges(b int, e *Edges) error {
	if err := s.checkBlock(b); err != nil {
		return err
	}
	if err := s.edges(b, e); err != nil {
		return fmt.Errorf("shard: %w", err)
	}
	return nil
}

func (s *Store) edges(b int, e *Edges) error {
	at, next := s.blocks[b], s.blocks[b+1]
	rows, entries := int(next.row-at.row), int(next.entry-at.entry)
	e.Ptr = grown(e.Ptr, rows+1)
	e.Col = grown(e.Col, entries)
	if err := readBlock(s.files[rowsName], b, 8*at.row, e.Ptr[:rows]); err != nil {
		return err
	}
	for i := range rows {
		e.Ptr[i] -= at.entry
	}
	e.Ptr[rows] = int64(entries)
	if err := readBlock(s.files[columnsName], b, 4*at.entry, e.Col); err != nil {
		return err
	}
	if !s.meta.Weighted {
		e.Weight = nil
	} else {
		e.Weight = grown(e.Weight, entries)
		if err := readBlock(s.files[weightsName], b, 4*at.entry, e.Weight); err != nil {
			return err
		}
	}
	if err := e.check(s.meta.Nodes); err != nil {
		return fmt.Errorf("%s: block %d: %w", s.dir, b, err)
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
	f := s.files[name]
	if f == nil {
		return nil, fmt.Errorf("shard: %s: the store has no %s", s.dir, name)
	}
	if err := s.checkBlock(b); err != nil {
		return nil, err
	}
	lo, hi := s.Rows(b)
	dst = grown(dst, int(hi-lo))
	if err := readBlock(f, b, lo*int64(sizeOf[T]()), dst); err != nil {
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
