package assignment

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/graphpool/graphpool/modes/wholefile"
)

// Bounds of what a reader takes: a line of text, and rows in all.
const (
	maxLine = 1 << 20
	maxRows = 1 << 28
)

// Read reads the file at path, its kind known by its content and, where that
// leaves several, by its ending.
func Read(path string) (*File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, wholefile.Reason(err))
	}
	defer func() { _ = f.Close() }()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, failf(path, 0, "is a folder, want a file of assignments")
	}
	return ReadFrom(f, path)
}

// ReadFrom is [Read] for a stream; name stands for the file in errors, and its
// ending counts. Memory is that of the rows.
func ReadFrom(r io.Reader, name string) (*File, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	if mark, _ := in.Peek(2); string(mark) == "\xff\xfe" || string(mark) == "\xfe\xff" { // UTF-16, as Excel writes it
		in = bufio.NewReaderSize(transform.NewReader(in, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()), 1<<16)
	}
	head, err := in.Peek(1 << 16)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, failf(name, 0, "cannot be read: %v", err)
	}
	head = bytes.TrimPrefix(head, []byte("\ufeff"))
	if len(bytes.TrimSpace(head)) == 0 {
		return nil, failf(name, 0, "empty file, want a cluster a node")
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return nil, failf(name, 0, "not text, want a file of assignments (csv, tsv, json, .clu, .tree or a list of clusters)")
	}
	if c := bytes.TrimSpace(head)[0]; c == '{' || c == '[' {
		return readJSON(in, name)
	}
	f := &File{Name: name, Kind: xmlKind(string(head))}
	if f.Kind != "" {
		return f, f.readXML(in)
	}
	if f.Kind, err = recognise(string(head), name); err == nil && f.Kind != Pairs {
		return f, f.readKind(in, string(head))
	}
	// A line of two nodes may be a community, and one of more can be nothing else.
	if communityLines(string(head), len(head) > 1<<15) {
		f.Kind, err = Communities, nil
	}
	if err != nil {
		return nil, err
	}
	return f, f.readKind(in, string(head))
}

// readKind reads text of the file's kind, which begins with head.
func (f *File) readKind(in io.Reader, head string) error {
	switch f.Kind {
	case CSV, TSV:
		f.comma = ','
		if first := firstLine(head); f.Kind == CSV && !namesColumns(strings.Split(first, ",")) {
			f.comma = ';'
		}
		return f.readTable(in)
	case Communities:
		return f.readCommunities(in)
	}
	return f.readLines(in)
}

// firstLine is the first line that is no comment.
func firstLine(head string) string {
	for line := range strings.SplitSeq(head, "\n") {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' && line[0] != '%' {
			return line
		}
	}
	return ""
}

// recognise tells the kind of a text by its first lines.
func recognise(head, name string) (Kind, error) {
	comments := ""
	for number, line := range strings.Split(head, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case line[0] == '#' || line[0] == '%':
			comments += strings.ToLower(line) + "\n"
		case line[0] == '*': // Pajek's "*Vertices 34" above a list of clusters
			return Membership, nil
		default:
			return ofLine(line, comments, name, number+1)
		}
	}
	return "", failf(name, 0, "has only comments, want a cluster a node")
}

// ofLine tells the kind by the first line that is not a comment.
func ofLine(line, comments, name string, number int) (Kind, error) {
	fields := strings.Fields(line)
	ending := strings.ToLower(filepath.Ext(name))
	switch {
	case isPath(fields[0]) && len(fields) >= 3 && isNumber(fields[1]):
		return Tree, nil
	case strings.Contains(line, ",") && namesColumns(strings.Split(line, ",")),
		strings.Contains(line, ";") && namesColumns(strings.Split(line, ";")):
		return CSV, nil
	case strings.Contains(line, "\t") && namesColumns(strings.Split(line, "\t")):
		return TSV, nil
	case strings.Contains(comments, "module") && len(fields) >= 2, ending == ".clu" && len(fields) >= 2:
		return Clu, nil
	case len(fields) == 1 && !strings.ContainsAny(line, ",;"):
		return Membership, nil
	case afterSemicolon(line) != "", len(fields) == 2 || strings.Count(line, "\t") == 1 || strings.Count(line, ",") == 1:
		return Pairs, nil
	}
	return "", failf(name, number, "%s: want a header with a column node and a column cluster, or a node and its cluster", quote(line))
}

// scanner reads lines of at most maxLine bytes.
func scanner(r io.Reader) *bufio.Scanner {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 0, 1<<16), maxLine)
	return s
}

// scanError words what ended a scan early, nil where nothing did.
func scanError(err error, name string, line int) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, bufio.ErrTooLong):
		return failf(name, line, "a line of more than %d bytes", maxLine)
	}
	return failf(name, line, "cannot be read, the file may be cut off: %v", err)
}
