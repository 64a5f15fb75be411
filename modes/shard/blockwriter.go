package shard

import (
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
)

// blockWriter writes a file of the store, block after block.
type blockWriter struct {
	f    *os.File
	path string
	size int64
	sums []uint32
}

func newBlockWriter(dir, name string) (*blockWriter, error) {
	path := filepath.Join(dir, name)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, pathError(path, err)
	}
	return &blockWriter{f: f, path: path}, nil
}

// block writes the next block.
func (w *blockWriter) block(b []byte) error {
	w.sums = append(w.sums, crc32.Checksum(b, castagnoli))
	return w.write(b)
}

func (w *blockWriter) write(b []byte) error {
	w.size += int64(len(b))
	if _, err := w.f.Write(b); err != nil {
		return pathError(w.path, err)
	}
	return nil
}

// close writes the sums of the blocks, brings all to the disk, and says what
// the file must be.
func (w *blockWriter) close() (FileSum, error) {
	sums := stored(w.sums)
	err := w.write(sums)
	if err == nil {
		if err = w.f.Sync(); err != nil {
			err = pathError(w.path, err)
		}
	}
	err = errors.Join(err, w.f.Close())
	return FileSum{Bytes: w.size, CRC32C: sumText(sums)}, err
}
