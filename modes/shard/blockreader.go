package shard

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
)

// blockReader reads a file of the store.
type blockReader struct {
	f    *os.File
	path string
	size int64 // without the sums
	sums []uint32
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
	r.sums = make([]uint32, blocks)
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

// readBlock fills into with block b of r, which begins at byte at.
func readBlock[T number](r *blockReader, b int, at int64, into []T) error {
	mem := raw(into)
	if len(mem) > 0 {
		if n, err := r.f.ReadAt(mem, at); errors.Is(err, io.EOF) {
			return fmt.Errorf("%s: block %d has %d bytes, want %d: the file was cut off", r.path, b, n, len(mem))
		} else if err != nil {
			return pathError(r.path, err)
		}
	}
	if crc32.Checksum(mem, castagnoli) != r.sums[b] {
		return fmt.Errorf("%s: block %d does not match its checksum: the file was changed or damaged", r.path, b)
	}
	loaded(into)
	return nil
}
