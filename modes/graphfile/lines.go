package graphfile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// maxLongLine bounds a line of a format that has a node's neighbours on one.
const maxLongLine = 1 << 28

// lines reads a file of text line by line.
type lines struct {
	name string
	s    *bufio.Scanner
	max  int
	n    int // of the current line, from 1
	text string
}

func newLines(r io.Reader, name string, max int) *lines {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 0, min(1<<16, max)), max)
	return &lines{name: name, s: s, max: max}
}

// next reads a line, without its end and outer blanks; false at the end of the
// file and at an error, which err then returns.
func (l *lines) next() bool {
	if !l.s.Scan() {
		return false
	}
	l.n++
	l.text = l.s.Text()
	if l.n == 1 {
		l.text = strings.TrimPrefix(l.text, "\ufeff")
	}
	l.text = strings.TrimSpace(l.text)
	return true
}

// err is what kept the file from being read to its end.
func (l *lines) err() error {
	err := l.s.Err()
	switch {
	case err == nil:
		return nil
	case errors.Is(err, bufio.ErrTooLong):
		return fmt.Errorf("%s:%d: a line of more than %d bytes", l.name, l.n+1, l.max)
	}
	return fmt.Errorf("%s:%d: cannot be read, the file may be cut off: %w", l.name, l.n+1, err)
}

// failf is an error at the current line.
func (l *lines) failf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", l.name, l.n, fmt.Errorf(format, args...))
}

// checkText errs where the line is not text.
func (l *lines) checkText() error {
	if !utf8.ValidString(l.text) {
		return l.failf("%s is not UTF-8, want text in UTF-8", quote(strings.ToValidUTF8(l.text, "?")))
	}
	if strings.IndexByte(l.text, 0) >= 0 {
		return l.failf("a zero byte, want text")
	}
	return nil
}

// fromZero is what is said of formats without names whose nodes count from 1.
const fromZero = "nodes are numbered from 0 here, from 1 in the file"
