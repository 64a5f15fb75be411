package graphfile

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// listLayout says how the lines of an edge list are read.
type listLayout struct {
	delim    string
	dict     bool
	comma    bool // weights have a decimal comma
	nodes    int  // ids are indices below it; 0: the ids that occur
	headerAt int  // the line that names the columns; 0: none
	sepAt    int  // the line with which a file tells Excel the separator; 0: none
	names    []string
	asked    bool // the columns were given

	src, dst, weight, kind int // columns, −1: none; kind says "Directed"
	least, most            int // fields of a line

	matrix bool // names[1:] are the nodes of an adjacency matrix, a row each
	tails  bool // a comment may follow the last field of a line, after blanks

	konect   bool
	directed bool
	first    []string // the first line, where it may count nodes and edges
	said     []string
}

var errFields = errors.New("a line of another number of fields")

// fieldsError words errFields.
func (l *listLayout) fieldsError(text []byte, n int) error {
	want := strconv.Itoa(l.least)
	switch {
	case l.headerAt > 0 && l.least < l.most:
		want = fmt.Sprintf("%d to %d, as the header on line %d", l.least, l.most, l.headerAt)
	case l.headerAt > 0:
		want += fmt.Sprintf(", as the header on line %d", l.headerAt)
	case l.least < l.most:
		want = fmt.Sprintf("%d to %d", l.least, l.most)
	default:
		want += " as before"
	}
	return fmt.Errorf("%s has %d field%s between %s, want %s (--delimiter and --columns change that)",
		quoteBytes(text), n, plural(n), l.delimName(), want)
}

func (l *listLayout) delimName() string {
	switch l.delim {
	case " ":
		return "blanks"
	case "\t":
		return "tabs"
	case ",":
		return "commas"
	case ";":
		return "semicolons"
	case "|":
		return "pipes"
	case ":":
		return "colons"
	}
	return quote(l.delim)
}

// columnName is the name of a column, or its number where it has none.
func (l *listLayout) columnName(i int) string {
	if i < len(l.names) && l.names[i] != "" {
		return l.names[i]
	}
	return strconv.Itoa(i + 1)
}

// decided says how the lines were read.
func (l *listLayout) decided() string {
	header := "no header"
	if l.headerAt > 0 {
		header = fmt.Sprintf("header on line %d", l.headerAt)
	}
	if l.matrix {
		return fmt.Sprintf("fields between %s, %s, an adjacency matrix: its first column repeats the header", l.delimName(), header)
	}
	s := fmt.Sprintf("fields between %s, %s, edges from column %s to %s", l.delimName(), header,
		l.shownName(l.src), l.shownName(l.dst))
	switch {
	case l.dict:
		s += ", weights from {'weight': …}"
	case l.weight >= 0:
		s += ", weights from " + l.shownName(l.weight)
	default:
		s += ", no weights"
	}
	var unused []string
	for i := range l.most {
		if i != l.src && i != l.dst && i != l.weight && i != l.kind {
			unused = append(unused, l.shownName(i))
		}
	}
	if len(unused) > 12 {
		unused = append(unused[:12], "…")
	}
	if len(unused) > 0 {
		s += "; not used: " + strings.Join(unused, ", ")
	}
	return s
}

func (l *listLayout) shownName(i int) string {
	if i < len(l.names) && l.names[i] != "" {
		return quote(l.names[i])
	}
	return strconv.Itoa(i + 1)
}

// layoutOf decides how a list is read, by its first lines and what was asked.
func layoutOf(s *listSample, o Options) (*listLayout, error) {
	l := &listLayout{weight: -1, kind: -1, nodes: o.Nodes, comma: o.comma()}
	l.dict = s.dictionaries()
	if sep := s.takeSep(); sep != "" {
		l.sepAt = s.sepAt
		if o.Delimiter == "" {
			o.Delimiter = sep
		}
	}
	if err := l.findDelim(s, o); err != nil {
		return nil, err
	}
	rows, err := s.rows(l)
	if err != nil {
		return nil, err
	}
	if l.findMatrix(rows, o) {
		return l, nil
	}
	if err := l.findHeader(s, rows, o); err != nil {
		return nil, err
	}
	if l.headerAt > 0 && l.headerAt == rows[0].line {
		rows = rows[1:]
	}
	l.countFields(rows)
	if o.Columns != nil {
		err = l.asAsked(o.Columns)
	} else {
		err = l.findColumns(s, rows)
	}
	if err != nil {
		return nil, err
	}
	l.settleFields(rows)
	l.tails = l.numbered(rows)
	if l.headerAt == 0 && l.most == 2 && o.Header == "" {
		l.first = rows[0].fields
	}
	l.suspect(rows)
	return l, nil
}

// countFields sets how many fields lines have at most.
func (l *listLayout) countFields(rows []listRow) {
	l.most = len(l.names)
	if l.most == 0 && len(rows) > 0 {
		l.most = len(rows[0].fields)
	}
	if len(l.names) > 0 && rowNames(rows, l.most+1) {
		l.names = append([]string{""}, l.names...)
		l.most++
	}
}

// rowNames tells whether lines have so many fields and the first ones number
// them, as R writes lines and gives that column no name.
func rowNames(rows []listRow, fields int) bool {
	for i, r := range rows {
		if len(r.fields) != fields || r.fields[0] != strconv.Itoa(i+1) {
			return false
		}
	}
	return len(rows) > 0
}

// asAsked takes the columns that were given by names or numbers.
func (l *listLayout) asAsked(columns []string) error {
	l.asked = true
	at := make([]int, 3)
	at[2] = -1
	for i, c := range columns {
		n, err := l.column(c)
		if err != nil {
			return err
		}
		if slices.Contains(at[:i], n) {
			return fmt.Errorf("--columns names %s twice, want different columns", quote(c))
		}
		at[i] = n
	}
	l.src, l.dst, l.weight = at[0], at[1], at[2]
	if l.weight >= 0 {
		l.dict = false
	}
	return nil
}

// column finds a column by its name, in any case, or by its number from 1.
func (l *listLayout) column(c string) (int, error) {
	for i, n := range l.names {
		if n == c {
			return i, nil
		}
	}
	for i, n := range l.names {
		if strings.EqualFold(strings.TrimSpace(n), strings.TrimSpace(c)) {
			return i, nil
		}
	}
	if n, err := strconv.Atoi(c); err == nil && n >= 1 && n <= max(l.most, 1) {
		return n - 1, nil
	}
	if len(l.names) == 0 {
		return 0, fmt.Errorf("--columns: no column %s, want numbers from 1 to %d (the file has no header; --header yes takes its first line for one)", quote(c), l.most)
	}
	return 0, fmt.Errorf("--columns: no column %s, want one of %s", quote(c), strings.Join(l.names, ", "))
}

// settleFields sets how many fields a line must have.
func (l *listLayout) settleFields(rows []listRow) {
	need := max(l.src, l.dst, l.weight) + 1
	switch {
	case l.headerAt > 0 || l.asked:
		l.least = need
		for _, r := range rows {
			if l.asked && l.headerAt == 0 {
				l.most = max(l.most, len(r.fields))
			}
		}
	case l.konect:
		l.least, l.most = need, max(need, l.most)
	default:
		l.least = l.most
	}
	l.least, l.most = max(l.least, need), max(l.most, need)
}
