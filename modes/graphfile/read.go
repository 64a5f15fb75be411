package graphfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// Read reads the graph in the file at path: an npz file (known by its first
// bytes) with [ReadNPZ], anything else as an edge list with [ReadEdgeList].
// It errs like these, and for a file that is missing, empty or a directory.
func Read(path string) (*Graph, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, pathError(path, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, pathError(path, err)
	}
	if info.IsDir() {
		return nil, fmt.Errorf("%s: is a folder, want a graph file", path)
	}
	head := make([]byte, 6)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, pathError(path, err)
	}
	return read(f, io.MultiReader(bytes.NewReader(head[:n]), f), string(head[:n]), path, info.Size())
}

// read chooses the reader by the first bytes. rest reads the file from its
// beginning: it may be a pipe.
func read(f io.ReaderAt, rest io.Reader, head, path string, size int64) (*Graph, error) {
	switch {
	case head == "":
		return nil, fmt.Errorf("%s: empty file", path)
	case strings.HasPrefix(head, "PK"):
		return ReadNPZ(f, size, path)
	case strings.HasPrefix(head, "\x93NUMPY"):
		return nil, fmt.Errorf("%s: a single npy array, want an npz file or an edge list", path)
	case strings.HasSuffix(strings.ToLower(path), ".npz"):
		return nil, fmt.Errorf("%s: not an npz file: it does not begin like a zip archive", path)
	}
	return ReadEdgeList(rest, path)
}

// pathError says "path: reason" for an error of package os.
func pathError(path string, err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return fmt.Errorf("%s: %w", path, err)
}
