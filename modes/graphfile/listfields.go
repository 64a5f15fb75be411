package graphfile

import (
	"bytes"
	"errors"
)

// splitter parts a line into its fields.
type splitter struct {
	delim string // " " stands for any run of blanks and tabs
	dict  bool   // lines end in a Python dictionary, as networkx writes them
	due   int    // fields between blanks that come before any comment
	out   [][]byte
	marks []bool // which of out stood in quotes; nil: none
	attrs []byte // that dictionary
	cut   bool   // a comment behind the fields was left out
}

var errQuote = errors.New("a quote without its end on the line, want two quotes around a field")

// split returns the fields of a line; they are valid up to the next call. Blanks
// around a field do not belong to it; a field in double quotes holds what stands
// between them, and a quote as two.
func (s *splitter) split(line []byte) ([][]byte, error) {
	s.out, s.marks, s.attrs, s.cut = s.out[:0], s.marks[:0], nil, false
	if s.dict {
		line = s.takeDict(line)
	}
	if bytes.IndexByte(line, '"') >= 0 {
		return s.out, s.quoted(line)
	}
	switch {
	case s.delim == " ":
		s.blanks(line)
	case len(s.delim) == 1:
		d := s.delim[0]
		for {
			p := bytes.IndexByte(line, d)
			if p < 0 {
				break
			}
			s.out = append(s.out, trim(line[:p]))
			line = line[p+1:]
		}
		s.out = append(s.out, trim(line))
	default:
		for _, f := range bytes.Split(line, []byte(s.delim)) {
			s.out = append(s.out, trim(f))
		}
	}
	return s.out, nil
}

func (s *splitter) blanks(line []byte) {
	for i := 0; i < len(line); {
		if isBlank(line[i]) {
			i++
			continue
		}
		if len(s.out) >= s.due && isComment(line[i:]) {
			s.cut = true
			return
		}
		from := i
		for i < len(line) && !isBlank(line[i]) {
			i++
		}
		s.out = append(s.out, line[from:i])
	}
}

// quoted is split for a line with quotes.
func (s *splitter) quoted(line []byte) error {
	for {
		line = trimLeft(line, s.delim)
		if len(line) == 0 {
			if s.delim != " " {
				s.out = append(s.out, line)
			}
			return nil
		}
		if s.delim == " " && len(s.out) >= s.due && isComment(line) {
			s.cut = true
			return nil
		}
		field, rest, quotes, more, err := s.field(line)
		if err != nil {
			return err
		}
		s.out, s.marks = append(s.out, field), append(s.marks, quotes)
		if !more {
			return nil
		}
		line = rest
	}
}

// inQuotes tells whether the i-th field stood in quotes.
func (s *splitter) inQuotes(i int) bool { return i < len(s.marks) && s.marks[i] }

// field takes the first field of a line, in quotes or not. more is false where
// no separator follows.
func (s *splitter) field(line []byte) (field, rest []byte, quotes, more bool, err error) {
	if line[0] == '"' {
		if text, after, ok := unquoted(line); ok {
			after = trimLeft(after, s.delim)
			if len(after) == 0 || s.delim == " " && len(after) < len(line) {
				return text, after, true, len(after) > 0, nil
			}
			if bytes.HasPrefix(after, []byte(s.delim)) {
				return text, after[len(s.delim):], true, true, nil
			}
		} else if s.delim != "\t" {
			return nil, nil, false, false, errQuote
		}
	}
	if s.delim == " " {
		p := bytes.IndexAny(line, " \t")
		if p < 0 {
			return line, nil, false, false, nil
		}
		return line[:p], line[p:], false, true, nil
	}
	before, after, more := bytes.Cut(line, []byte(s.delim))
	return trim(before), after, false, more, nil
}

// unquoted is what stands in the quotes that line begins with, and what follows
// them.
func unquoted(line []byte) (text, after []byte, ok bool) {
	double := false
	for i := 1; i < len(line); i++ {
		if line[i] != '"' {
			continue
		}
		if i+1 < len(line) && line[i+1] == '"' {
			double = true
			i++
			continue
		}
		text = line[1:i]
		if double {
			text = bytes.ReplaceAll(text, []byte(`""`), []byte(`"`))
		}
		return text, line[i+1:], true
	}
	return nil, nil, false
}

// takeDict cuts {…} off the end of a line.
func (s *splitter) takeDict(line []byte) []byte {
	line = trim(line)
	if len(line) == 0 || line[len(line)-1] != '}' {
		return line
	}
	p := bytes.Index(line, []byte(s.delim+"{"))
	if p < 0 {
		return line
	}
	s.attrs = line[p+len(s.delim):]
	return line[:p]
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' }

// trim takes blanks off both ends.
func trim(b []byte) []byte {
	for len(b) > 0 && isBlank(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && isBlank(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}

// trimLeft takes blanks off the beginning, but no separator.
func trimLeft(b []byte, delim string) []byte {
	for len(b) > 0 && isBlank(b[0]) && (delim != "\t" || b[0] != '\t') {
		b = b[1:]
	}
	return b
}
