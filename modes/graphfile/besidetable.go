package graphfile

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
)

// besideTable is a table of text beside a graph: a row a node, with its id. A
// field may begin like a comment: "#1" is a value like others.
type besideTable struct {
	*lines
	splitter
	names []string // of the columns; nil: no header
	id    int      // the column of ids, −1: none
	width int      // fields of a row
	first []string // the first row of values
	read  bool     // whether first is still to be given out

	held     []string // the row after first, read already
	heldLine int
}

// maxTableLine bounds a row of a table: a node's features.
const maxTableLine = 1 << 26

// openBeside opens a file beside a graph, unpacked.
func openBeside(path string) (in *bufio.Reader, done func(), size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, 0, pathError(path, err)
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = fmt.Errorf("is a folder, want a file")
	}
	if err != nil {
		_ = f.Close()
		return nil, nil, 0, pathError(path, err)
	}
	in, free, err := unpack(bufio.NewReaderSize(f, 1<<16), path)
	if err != nil {
		_ = f.Close()
		return nil, nil, 0, err
	}
	return inUTF8(in), func() { free(); _ = f.Close() }, info.Size(), nil
}

// openTable reads the head of a table: its separator, and its header if it has
// one.
func openTable(in *bufio.Reader, name string) (*besideTable, error) {
	head, err := in.Peek(sniffed)
	s := newSample(name, slices.Clone(head), 1, err != nil)
	l := &listLayout{}
	if len(s.lines) > 0 {
		if err := l.findDelim(s, Options{}); err != nil {
			return nil, err
		}
	}
	t := &besideTable{lines: newLines(in, name, maxTableLine), splitter: splitter{delim: l.delim, due: math.MaxInt}}
	if t.delim == "" {
		t.delim = ","
	}
	row, err := t.row()
	if err != nil {
		return nil, err
	}
	if row == nil {
		return nil, fmt.Errorf("%s: no rows, want a row a node: id,value,…", name)
	}
	firstLine := t.n
	next, err := t.row()
	if err != nil {
		return nil, err
	}
	t.width = len(row)
	if next != nil && isTableHeader(row, next) {
		t.names = row
		if len(next) == len(row)+1 { // R leaves the name of the rows away
			t.names = append([]string{""}, row...)
		}
		t.width = len(t.names)
		t.first, t.read = next, true
		t.findID()
		return t, t.checkWidth(next)
	}
	t.findID()
	t.first, t.read = row, true
	t.held, t.heldLine = next, t.n
	t.n = firstLine
	return t, nil
}

// isTableHeader tells whether the first row names columns: it begins with the name
// of an id, or none of its fields is a number but for the first, and a number
// stands below one of them, or a name is one of an id.
func isTableHeader(row, next []string) bool {
	if len(row) > 1 && isPlainID(row[0]) && row[0] != next[0] && len(row) == len(next) {
		return true // pandas numbers columns without names
	}
	if slices.ContainsFunc(row[min(1, len(row)-1):], looksNumber) {
		return false
	}
	for i := 1; i < len(row) && i < len(next); i++ {
		if looksNumber(next[i]) {
			return true
		}
	}
	return slices.ContainsFunc(row, isIDName) || len(next) == len(row)+1
}

// isPlainID tells whether a field in front of others can only be the name of the
// column of ids, or has none as pandas writes it.
func isPlainID(s string) bool {
	return s == "" || oneOf(s, []string{"id", "nodeid", "node", "name"})
}

// isIDName tells whether a column has the nodes' ids by its name: one of the
// common ones, or one with the word id.
func isIDName(name string) bool {
	if slices.Contains(nameWords(name), "id") {
		return true
	}
	switch smooth(name) {
	case "id", "nodeid", "node", "nodes", "vertex", "name", "nodename", "index", "idx", "userid", "user", "paperid", "pageid", "v", "key":
		return true
	}
	return false
}

// findID finds the column of ids: by its name, else the first one.
func (t *besideTable) findID() {
	if t.names == nil {
		return
	}
	for _, want := range []string{"id", "nodeid", "node", "vertex"} {
		if i := slices.IndexFunc(t.names, func(n string) bool { return smooth(n) == want }); i >= 0 {
			t.id = i
			return
		}
	}
	if i := slices.IndexFunc(t.names, isIDName); i >= 0 {
		t.id = i
	}
}

// needID errs where the ids are a guess: a header calls no column id, and the
// first one, which has a name, is of numbers among others, a feature as likely.
func (t *besideTable) needID() error {
	if t.names == nil || t.names[t.id] == "" || isIDName(t.names[t.id]) || !looksNumber(t.first[t.id]) {
		return nil
	}
	return t.failf("none of the columns %s is called id, node or name, want a column of the nodes' ids; %s holds numbers and may be a value",
		quoted(t.names), quote(t.columnName(t.id)))
}

// row reads the next row that is not a comment; nil at the end.
func (t *besideTable) row() ([]string, error) {
	for t.next() {
		if t.text == "" || isComment([]byte(t.text)) && t.n == 1 {
			continue
		}
		if err := t.checkText(); err != nil {
			return nil, err
		}
		f, err := t.split([]byte(t.text))
		if err != nil {
			return nil, t.failf("%w", err)
		}
		row := make([]string, len(f))
		for i, x := range f {
			row[i] = string(x)
		}
		return row, nil
	}
	return nil, t.err()
}

// values reads the next row of values; nil at the end.
func (t *besideTable) values() ([]string, error) {
	var row []string
	var err error
	switch {
	case t.read:
		row, t.first, t.read = t.first, nil, false
	case t.held != nil:
		row, t.held = t.held, nil
		t.n = t.heldLine
	default:
		row, err = t.row()
	}
	if row == nil || err != nil {
		return nil, err
	}
	return row, t.checkWidth(row)
}

func (t *besideTable) checkWidth(row []string) error {
	if len(row) != t.width {
		return t.failf("%s has %d field%s, want %d as before", quote(strings.Join(row, t.delim)), len(row), plural(len(row)), t.width)
	}
	return nil
}

// columnName is the name of a column, its number from 1 where it has none.
func (t *besideTable) columnName(i int) string {
	if t.names != nil && t.names[i] != "" {
		return t.names[i]
	}
	return fmt.Sprint(i + 1)
}
