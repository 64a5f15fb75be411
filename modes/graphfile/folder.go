package graphfile

import (
	"bufio"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/gzip"
)

// sideFile opens a file that belongs to a data set: at path, or packed at
// path.gz. It returns the name it found.
func sideFile(path string) (io.ReadCloser, string, error) {
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		path += ".gz"
		f, err = os.Open(path)
	}
	if err != nil {
		return nil, path, pathError(path, err)
	}
	in := bufio.NewReaderSize(f, 1<<16)
	if magic, _ := in.Peek(2); string(magic) != "\x1f\x8b" {
		return readCloser{in, f}, path, nil
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		_ = f.Close()
		return nil, path, fmt.Errorf("%s: cannot be unpacked: %w", path, err)
	}
	return readCloser{z, f}, path, nil
}

// readCloser reads from one and closes the other.
type readCloser struct {
	io.Reader
	io.Closer
}

// hasSide says whether the file is there, packed or not.
func hasSide(path string) bool {
	for _, p := range []string{path, path + ".gz"} {
		if info, err := os.Stat(p); err == nil && info.Mode().IsRegular() {
			return true
		}
	}
	return false
}
