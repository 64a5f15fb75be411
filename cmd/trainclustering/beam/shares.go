package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"sync"

	"github.com/graphpool/graphpool/layers/train/stream"
	"github.com/graphpool/graphpool/modes/wholefile"
)

// sharesFile is the file of S of a partition, in a folder that all workers see.
// A forward pass never writes over the files of another: a worker that was taken
// for dead writes what nobody reads.
func sharesFile(dir string, forward int, in stream.Blocks) string {
	return filepath.Join(dir, fmt.Sprintf("shares-%d-%d-%d", forward, in.From, in.To))
}

// writeShares writes S of a partition.
func writeShares(name string, s *stream.Shares) error {
	b := make([]byte, 0, 4*len(s.F32)+8*len(s.F64))
	for _, v := range s.F32 {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return wholefile.Scratch(name, wholefile.Bytes(appendFloats(b, s.F64)))
}

// readShares reads S of a partition to its place in S of all nodes, whose first
// row is that of node lo.
func readShares(name string, s *stream.Shares, lo, hi int64) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	size, k := 4, int64(s.K)
	if s.F64 != nil {
		size = 8
	}
	if int64(len(b)) != (hi-lo)*k*int64(size) {
		return fmt.Errorf("%s has %d bytes, want %d", name, len(b), (hi-lo)*k*int64(size))
	}
	if s.F64 != nil {
		copy(s.F64[lo*k:], floats(b))
		return nil
	}
	to := s.F32[lo*k : hi*k]
	for i := range to {
		to[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return nil
}

// allShares reads S of all nodes, as a forward pass left it.
func allShares(t *Task, source stream.Source, to *stream.Shares) error {
	for _, in := range t.Partitions {
		lo, _ := source.Rows(in.From)
		_, hi := source.Rows(in.To - 1)
		if err := readShares(sharesFile(t.Dir, t.Forward, in), to, lo, hi); err != nil {
			return err
		}
	}
	return nil
}

// removeShares removes the files of a forward pass.
func removeShares(dir string, forward int, parts []stream.Blocks) error {
	for _, in := range parts {
		if err := os.Remove(sharesFile(dir, forward, in)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// sharesCache is S of all nodes, once in a process for all its workers.
type sharesCache struct {
	mu   sync.Mutex
	name string // of the forward pass
	s    *stream.Shares
}

// of is S of the forward pass that the task goes on from. It is not written to
// again: workers of an earlier pass may still read theirs.
func (c *sharesCache) of(t *Task, source stream.Source, room func() *stream.Shares) (*stream.Shares, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	name := fmt.Sprintf("%s %d", t.Dir, t.Forward)
	if c.name == name {
		return c.s, nil
	}
	s := room()
	if err := allShares(t, source, s); err != nil {
		return nil, err
	}
	c.name, c.s = name, s
	return s, nil
}
