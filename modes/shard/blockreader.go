package shard

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"
)

// blockReader reads a file of the store.
type blockReader struct {
	f    *os.File
	path string
	size int64 // without the sums
	sums []uint32

	whole    int64 // with the sums
	modified time.Time
	checked  []atomic.Bool // the blocks that matched their sums, since then
}

// openBlocks opens a file of so many blocks and reads their sums.
func openBlocks(dir, name string, is FileSum, blocks int) (*blockReader, error) {
	path := filepath.Join(dir, name)
	f, err := os.Open(path)
	if err != nil {
		return nil, pathError(path, err)
	}
	r := &blockReader{f: f, path: path, size: is.Bytes - 4*int64(blocks)}
	if err := r.open(is, blocks); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return r, nil
}

func (r *blockReader) open(is FileSum, blocks int) error {
	info, err := r.f.Stat()
	if err != nil {
		return pathError(r.path, err)
	}
	if info.Size() != is.Bytes {
		return fmt.Errorf("%s: %d bytes, want %d: the file was cut off or changed", r.path, info.Size(), is.Bytes)
	}
	if r.size < 0 {
		return fmt.Errorf("%s: %d bytes, want at least the sums of %d blocks", r.path, is.Bytes, blocks)
	}
	r.whole, r.modified = info.Size(), info.ModTime()
	r.sums, r.checked = make([]uint32, blocks), make([]atomic.Bool, blocks)
	if _, err := r.f.ReadAt(raw(r.sums), r.size); err != nil && !(blocks == 0 && errors.Is(err, io.EOF)) {
		return pathError(r.path, err)
	}
	if got := sumText(raw(r.sums)); got != is.CRC32C {
		return fmt.Errorf("%s: the crc32c of its sums = %s, want %s: the file was changed or damaged", r.path, got, is.CRC32C)
	}
	loaded(r.sums)
	return nil
}

// wants errs unless the file has that many bytes before its sums.
func (r *blockReader) wants(bytes int64) error {
	if r.size != bytes {
		return fmt.Errorf("%s: %d bytes, want %d", r.path, r.size, bytes)
	}
	return nil
}

// asOpened tells whether the file is of the size and the time that it had when
// it was opened.
func (r *blockReader) asOpened() bool {
	info, err := r.f.Stat()
	return err == nil && info.Size() == r.whole && info.ModTime().Equal(r.modified)
}

// extent is a part of a file, in bytes.
type extent struct{ from, to int64 }

// readBlock fills into with block b of r, which begins at byte at.
func readBlock[T number](r *blockReader, b int, at int64, into []T) error {
	return readPart(r, b, extent{at, at + int64(len(raw(into)))}, at, into)
}

// readPart fills into from byte at of r, which is in block b. The checksum of the
// block is compared when it is read first, and again where the file was written
// to since it was opened: then all of it is read.
func readPart[T number](r *blockReader, b int, block extent, at int64, into []T) error {
	mem := raw(into)
	if err := r.read(b, mem, at); err != nil {
		return err
	}
	if !r.checked[b].Load() || !r.asOpened() {
		whole := mem
		if int64(len(mem)) < block.to-block.from {
			whole = make([]byte, block.to-block.from)
			if err := r.read(b, whole, block.from); err != nil {
				return err
			}
			copy(mem, whole[at-block.from:])
		}
		if crc32.Checksum(whole, castagnoli) != r.sums[b] {
			return fmt.Errorf("%s: block %d does not match its checksum: the file was changed or damaged", r.path, b)
		}
		r.checked[b].Store(true)
	}
	loaded(into)
	return nil
}

// read fills mem from byte at, which is in block b.
func (r *blockReader) read(b int, mem []byte, at int64) error {
	if len(mem) == 0 {
		return nil
	}
	n, err := r.f.ReadAt(mem, at)
	switch {
	case errors.Is(err, io.EOF):
		return fmt.Errorf("%s: block %d has %d bytes, want %d: the file was cut off", r.path, b, n, len(mem))
	case err != nil:
		return pathError(r.path, err)
	}
	return nil
}
