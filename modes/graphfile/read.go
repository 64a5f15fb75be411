package graphfile

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/graphpool/graphpool/modes/wholefile"
)

// Read reads the graph in the file at path. What the file is packed with (gzip,
// zstd, bzip2, xz) and its format are known by its first bytes, then by the
// ending of its name; anything else is an edge list. See [ReadWith].
func Read(path string) (*Graph, error) { return ReadWith(path, Options{}) }

// ReadWith reads the graph in the file at path as o says. The path may be a pipe.
//
// It errs like the readers of the formats, for a file that is missing, empty or
// a folder of no known layout, and for a file that is known but not read, such
// as a spreadsheet; it then names what the file is.
func ReadWith(path string, o Options) (*Graph, error) {
	switch o.Format {
	case "planetoid":
		return ReadPlanetoid(path)
	case "ogb":
		return ReadOGB(path)
	}
	if g, is, err := readSet(path); is && o.Format == "" {
		return g, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, pathError(path, err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return nil, pathError(path, err)
	}
	if info.IsDir() {
		return nil, fmt.Errorf("%s: is a folder, want a graph file", path)
	}
	g, err := readFrom(f, f, path, o)
	if err == nil {
		return g, nil
	}
	var pe *fs.PathError
	if errors.As(err, &pe) && !strings.HasPrefix(err.Error(), path+":") {
		return nil, pathError(path, err)
	}
	return nil, err
}

// ReadFrom reads a graph from a stream, such as standard input; name begins its
// errors, and its ending may tell the format. An npz file, which needs to be
// read out of order, is kept in memory as it stands.
func ReadFrom(r io.Reader, name string, o Options) (*Graph, error) {
	return readFrom(r, nil, name, o)
}

// source is a file that is being recognised.
type source struct {
	in     *bufio.Reader // unpacked
	file   *os.File      // where the file can be read out of order, as it is
	packed bool
	name   string
	head   []byte
}

// readFrom reads from r; file is nil or r where it may be sought in.
func readFrom(r io.Reader, file *os.File, name string, o Options) (*Graph, error) {
	if err := o.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	in := bufio.NewReaderSize(r, 1<<16)
	if _, err := in.Peek(1); errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: empty file", name)
	} else if err != nil {
		return nil, pathError(name, err)
	}
	packed := packingOf(in) >= 0
	text, done, err := unpack(in, name)
	if err != nil {
		return nil, err
	}
	defer done()
	text = inUTF8(text)
	s := &source{in: text, file: file, packed: packed, name: name}
	s.head, err = text.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) && len(s.head) == 0 {
		return nil, fmt.Errorf("%s: cannot be read, the file may be cut off: %w", name, noEOF(err))
	}
	if len(s.head) == 0 {
		return nil, fmt.Errorf("%s: cannot be unpacked to anything: it is empty or cut off", name)
	}
	return s.read(o)
}

// read recognises the format and reads it.
func (s *source) read(o Options) (*Graph, error) {
	f, how, err := s.recognise(o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.name, err)
	}
	list := f.name == "edges" || f.name == "tsv"
	if flag := o.listOnly(); flag != "" && !list {
		return nil, fmt.Errorf("%s: read as %s, which %s does not apply to, want an edge list", s.name, f.name, flag)
	}
	var g *Graph
	switch {
	case list:
		f.name = edgeListFormat
		g, err = readList(s.in, s.name, o)
	case f.name == "npz":
		g, err = s.readNPZ()
	default:
		g, err = f.read(s.in, s.name)
	}
	if err != nil {
		return nil, err
	}
	g.Format, g.Recognised = f.name, how
	return g, nil
}

// recognise finds the format: the one asked for, or by content, or by the
// ending.
func (s *source) recognise(o Options) (f format, how string, err error) {
	npz := bytes.HasPrefix(s.head, []byte("PK\x03\x04")) || bytes.HasPrefix(s.head, []byte("PK\x05\x06")) || bytes.HasPrefix(s.head, []byte("\x93NUMPY"))
	if f, how, err = s.wanted(o.Format, npz); err != nil {
		return f, how, err
	}
	if f.name == "npz" && !npz {
		return f, "", fmt.Errorf("not an npz file: it does not begin like a zip archive")
	}
	return f, how, nil
}

func (s *source) wanted(asked string, npz bool) (f format, how string, err error) {
	if asked == "" && npz {
		return format{name: "npz"}, "content", nil
	}
	for _, f := range formats() {
		if f.is(asked) {
			return f, "flag", nil
		}
	}
	return recognise(s.head, s.name, asked)
}

// is tells whether a format is meant by what the user typed: its name or one of
// its endings.
func (f format) is(typed string) bool {
	typed = strings.ToLower(strings.TrimPrefix(typed, "."))
	return typed != "" && (f.name == typed || slices.Contains(f.endings, "."+typed) || f.name == "edges" && typed == edgeListFormat)
}

// readNPZ reads an npz file, from memory where it cannot be sought in.
func (s *source) readNPZ() (*Graph, error) {
	if s.file != nil && !s.packed {
		if info, err := s.file.Stat(); err == nil && info.Mode().IsRegular() {
			if bytes.HasPrefix(s.head, []byte("\x93NUMPY")) {
				return readNPY(s.in, info.Size(), s.name)
			}
			return ReadNPZ(s.file, info.Size(), s.name)
		}
	}
	b, err := io.ReadAll(s.in)
	if err != nil {
		return nil, fmt.Errorf("%s: cannot be read, the file may be cut off: %w", s.name, noEOF(err))
	}
	if bytes.HasPrefix(s.head, []byte("\x93NUMPY")) {
		return readNPY(bytes.NewReader(b), int64(len(b)), s.name)
	}
	return ReadNPZ(bytes.NewReader(b), int64(len(b)), s.name)
}

// pathError says "path: reason" for an error of package os.
func pathError(path string, err error) error {
	return fmt.Errorf("%s: %w", path, wholefile.Reason(err))
}
