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

// Read reads the graph in the file at path, in any format of [Formats]. The
// format is known by the file's first bytes, else by its ending; what neither
// tells is read as an edge list, with [ReadEdgeList]. A folder is read with
// [ReadOGB] or [ReadPlanetoid], NAME.content and NAME.cites with the latter.
// It errs for a file that is missing, empty, or of a format that is known but
// not read, and where the content is not what its format wants.
func Read(path string) (*Graph, error) {
	if g, is, err := readSet(path); is {
		return g, err
	}
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
	head := make([]byte, 8)
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
	return readText(rest, path, "")
}

// pathError says "path: reason" for an error of package os.
func pathError(path string, err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return fmt.Errorf("%s: %w", path, err)
}
