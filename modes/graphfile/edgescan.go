package graphfile

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
)

// maxLine is the longest line of an edge list, in bytes.
const maxLine = 1 << 20

// edgeList gathers edges line by line.
type edgeList struct {
	name     string
	line     int
	comma    bool
	fields   int      // per line, 0 before the first
	held     []string // first line, while it may be a header
	heldAt   int
	header   string
	nodes    naming
	src, dst []int32
	w        []float32
}

func (l *edgeList) failf(line int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", l.name, line, fmt.Errorf(format, args...))
}

func (l *edgeList) scan(r io.Reader) error {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 0, 1<<16), maxLine)
	for s.Scan() {
		l.line++
		text := s.Text()
		if l.line == 1 {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		if err := l.take(strings.TrimSpace(text)); err != nil {
			return err
		}
	}
	if err := s.Err(); errors.Is(err, bufio.ErrTooLong) {
		return l.failf(l.line+1, "a line of more than %d bytes, want an edge list", maxLine)
	} else if err != nil {
		return l.failf(l.line+1, "cannot be read, the file may be cut off: %w", err)
	}
	return l.release(nil)
}

// take reads one line without its outer blanks.
func (l *edgeList) take(text string) error {
	if text == "" || text[0] == '#' || text[0] == '%' {
		return nil
	}
	if strings.IndexByte(text, 0) >= 0 {
		return l.failf(l.line, "not text, want an edge list")
	}
	if l.fields == 0 {
		l.comma = strings.Contains(outside(text), ",")
	}
	f := l.split(text)
	if len(f) < 2 || len(f) > 3 {
		return l.failf(l.line, "%s has %d field%s, want 2 or 3", quote(text), len(f), plural(len(f)))
	}
	if l.fields == 0 {
		l.fields = len(f)
		if !isNumber(f[0]) && !isNumber(f[1]) {
			l.held, l.heldAt = f, l.line
			return nil
		}
	}
	if err := l.release(f); err != nil {
		return err
	}
	return l.edge(f, l.line)
}

// split is the fields of a line, without their quotes.
func (l *edgeList) split(text string) []string {
	if strings.Contains(text, `"`) {
		return l.unquote(text)
	}
	if !l.comma {
		return strings.Fields(text)
	}
	f := strings.Split(text, ",")
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	return f
}

// unquote is split for a line with quotes, as spreadsheets write them: a field
// in quotes may hold the separator, and a quote as two.
func (l *edgeList) unquote(text string) []string {
	r := csv.NewReader(strings.NewReader(text))
	r.LazyQuotes, r.TrimLeadingSpace = true, true
	switch {
	case l.comma:
	case strings.Contains(outside(text), "\t"):
		r.Comma = '\t'
	default:
		r.Comma = ' '
	}
	f, err := r.Read()
	if err != nil {
		return nil // LazyQuotes lets every line pass
	}
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	return f
}

// outside is what of a line is not in quotes.
func outside(text string) string {
	var b strings.Builder
	for i, part := range strings.Split(text, `"`) {
		if i%2 == 0 {
			b.WriteString(part)
		}
	}
	return b.String()
}

// release decides what the first line was, now that the next is known (nil at
// the end).
func (l *edgeList) release(next []string) error {
	f := l.held
	if f == nil {
		return nil
	}
	l.held = nil
	if isHeader(f, next) {
		l.header = strings.Join(f, " ")
		l.fields = len(next)
		return nil
	}
	return l.edge(f, l.heldAt)
}

func (l *edgeList) edge(f []string, line int) error {
	if len(f) != l.fields {
		return l.failf(line, "%s has %d fields, want %d as before: all edges have a weight or none", quote(strings.Join(f, " ")), len(f), l.fields)
	}
	if f[0] == "" || f[1] == "" {
		return l.failf(line, "%s has an empty field, want two nodes", quote(strings.Join(f, ",")))
	}
	if len(l.src) == math.MaxInt32 {
		return l.failf(line, "more than %d edges", math.MaxInt32)
	}
	if len(f) == 3 {
		w, err := parseWeight(f[2])
		if err != nil {
			return l.failf(line, "%w", err)
		}
		l.w = append(l.w, w)
	}
	l.src = append(l.src, l.nodes.id(f[0]))
	l.dst = append(l.dst, l.nodes.id(f[1]))
	return nil
}
