package graphfile

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// tuFiles is the files of one data set.
type tuFiles struct {
	fsys            fs.FS
	from, dir, name string // what begins errors; the folder in fsys; the files' prefix
}

const tuAdjacency = "_A.txt"

// findTU finds the one data set in fsys or in a folder right below.
func findTU(fsys fs.FS, from string) (*tuFiles, error) {
	for _, pattern := range []string{"*" + tuAdjacency, "*/*" + tuAdjacency} {
		found, err := fs.Glob(fsys, pattern)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", from, err)
		}
		found = slices.DeleteFunc(found, func(p string) bool { return strings.HasPrefix(path.Base(p), ".") }) // as macOS adds
		if len(found) > 1 {
			return nil, fmt.Errorf("%s: holds more than one data set (%s, %s), want one", from, found[0], found[1])
		}
		if len(found) == 1 {
			dir, file := path.Split(found[0])
			return &tuFiles{fsys: fsys, from: from, dir: dir, name: strings.TrimSuffix(file, tuAdjacency)}, nil
		}
	}
	return nil, fmt.Errorf("%s: no file NAME%s in it or in a folder below, want a data set of the TU collection", from, tuAdjacency)
}

// file is the path in fsys of the file of a kind: A, graph_indicator, ….
func (f *tuFiles) file(kind string) string { return f.dir + f.name + "_" + kind + ".txt" }

// failf is an error in row i of a file; every row is a line.
func (f *tuFiles) failf(kind string, i int, format string, args ...any) error {
	return fmt.Errorf("%s/%s:%d: %w", f.from, f.file(kind), i+1, fmt.Errorf(format, args...))
}

// has tells whether there is a file of the kind.
func (f *tuFiles) has(kind string) bool {
	_, err := fs.Stat(f.fsys, f.file(kind))
	return err == nil
}

// lines calls take for every line, without its outer blanks. Blank lines may
// stand at the end alone.
func (f *tuFiles) lines(kind string, take func(i int, text string) error) error {
	r, err := f.fsys.Open(f.file(kind))
	if err != nil {
		return pathError(f.from+"/"+f.file(kind), err)
	}
	defer func() { _ = r.Close() }()
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 0, 1<<16), maxLine)
	i, blank := 0, -1
	for ; s.Scan(); i++ {
		text := s.Text()
		if i == 0 {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		switch text = strings.TrimSpace(text); {
		case text == "" && blank < 0:
			blank = i
		case text == "":
		case blank >= 0:
			return f.failf(kind, blank, "a blank line, want numbers")
		default:
			if err := take(i, text); err != nil {
				return f.failf(kind, i, "%w", err)
			}
		}
	}
	if err := s.Err(); errors.Is(err, bufio.ErrTooLong) {
		return f.failf(kind, i, "a line of more than %d bytes, want numbers", maxLine)
	} else if err != nil {
		return f.failf(kind, i, "cannot be read, the file may be cut off: %w", err)
	}
	return nil
}
