package shard

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
)

// Store is a graph on disk. Its methods may be called by several goroutines at
// a time, Close aside.
type Store struct {
	dir    string
	meta   Meta
	blocks []blockStart // of each block, and the ends
	files  map[string]*blockReader
	valid  []atomic.Bool // the blocks whose edges fit the rows and the nodes
	half   sync.Pool     // of *[]uint16: blocks of bfloat16
}

// blockStart is where a block begins.
type blockStart struct{ row, entry, name int64 }

// Open opens the store in the folder dir and checks what it has: all files are
// there, of their sizes and with sums that meta.json knows. What the blocks
// hold is checked when they are read.
//
// It errs, by the file's name, for a file that is missing, cut off or changed,
// and for a store of another version.
func Open(dir string) (*Store, error) {
	m, err := readMeta(dir)
	if err != nil {
		return nil, fmt.Errorf("shard: %w", err)
	}
	s := &Store{dir: dir, meta: m, files: map[string]*blockReader{}}
	if err := s.open(); err != nil {
		return nil, errors.Join(fmt.Errorf("shard: %w", err), s.Close())
	}
	return s, nil
}

func (s *Store) open() error {
	if err := s.readBlocks(); err != nil {
		return err
	}
	for _, name := range s.meta.files() {
		if name == blocksName {
			continue
		}
		f, err := openBlocks(s.dir, name, s.meta.Files[name], s.Blocks())
		if err != nil {
			return err
		}
		s.files[name] = f
		if err := f.wants(s.bytes(name)); err != nil {
			return err
		}
	}
	return nil
}

// readBlocks reads where the blocks begin.
func (s *Store) readBlocks() error {
	is := s.meta.Files[blocksName]
	f, err := openBlocks(s.dir, blocksName, is, 1)
	if err != nil {
		return err
	}
	defer func() { _ = f.f.Close() }()
	n := f.size / 24
	if n < 1 || n > s.meta.Nodes+1 {
		return fmt.Errorf("%s: %d starts of blocks, want 1 to %d", f.path, n, s.meta.Nodes+1)
	}
	if err := f.wants(24 * n); err != nil {
		return err
	}
	starts := make([]int64, 3*n)
	if err := readBlock(f, 0, 0, starts); err != nil {
		return err
	}
	s.blocks = make([]blockStart, n)
	s.valid = make([]atomic.Bool, s.Blocks())
	for b := range s.blocks {
		s.blocks[b] = blockStart{starts[3*b], starts[3*b+1], starts[3*b+2]}
	}
	if err := s.checkBlocks(); err != nil {
		return fmt.Errorf("%s: %w", f.path, err)
	}
	return nil
}

// checkBlocks errs unless the blocks part the rows and the entries.
func (s *Store) checkBlocks() error {
	last := s.blocks[len(s.blocks)-1]
	if first := s.blocks[0]; first.row != 0 || first.entry != 0 || first.name != 0 {
		return fmt.Errorf("block 0 begins at row %d and entry %d, want 0", first.row, first.entry)
	}
	if last.row != s.meta.Nodes || last.entry != s.meta.Entries {
		return fmt.Errorf("the blocks end at row %d and entry %d, want %d and %d", last.row, last.entry, s.meta.Nodes, s.meta.Entries)
	}
	for b := range s.Blocks() {
		at, next := s.blocks[b], s.blocks[b+1]
		if next.row <= at.row || next.row > at.row+int64(s.meta.Block) || next.entry < at.entry || next.name < at.name {
			return fmt.Errorf("block %d has the rows %d to %d and the entries %d to %d, want 1 to %d rows", b, at.row, next.row, at.entry, next.entry, s.meta.Block)
		}
	}
	return nil
}

// bytes is the size of a file without its sums.
func (s *Store) bytes(name string) int64 {
	m := s.meta
	switch name {
	case rowsName, degreesName, orderName:
		return 8 * m.Nodes
	case labelsName:
		return 4 * m.Nodes
	case columnsName, weightsName:
		return 4 * m.Entries
	case namesName:
		return s.blocks[s.Blocks()].name
	}
	return m.Nodes * int64(m.Features) * m.featureBytes()
}

// Meta says what the store holds. Its map and slice are not to be changed.
func (s *Store) Meta() Meta { return s.meta }

// Blocks is the number of blocks, 0 for a graph without nodes.
func (s *Store) Blocks() int { return len(s.blocks) - 1 }

// Rows is the rows of block b, from lo up to hi.
func (s *Store) Rows(b int) (lo, hi int64) { return s.blocks[b].row, s.blocks[b+1].row }

// Entries is the number of entries of A in block b.
func (s *Store) Entries(b int) int64 { return s.blocks[b+1].entry - s.blocks[b].entry }

// Close closes the files.
func (s *Store) Close() error {
	var err error
	for _, f := range s.files {
		err = errors.Join(err, f.f.Close())
	}
	return err
}
