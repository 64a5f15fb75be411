package graphfile

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// sampleLines is how many lines the layout of a list is decided by.
const sampleLines = 1000

// listSample is the first lines of a list.
type listSample struct {
	name     string
	comments [][]byte
	lines    []listLine
	sepAt    int
}

type listLine struct {
	text []byte
	line int
}

// listRow is a line in fields.
type listRow struct {
	fields []string
	quoted []bool // which of them stood in quotes; nil: none
	line   int
}

// newSample takes the first lines of text, which begins with the given line:
// whole ones unless all is there.
func newSample(name string, text []byte, line int, all bool) *listSample {
	s := &listSample{name: name}
	for ; len(text) > 0 && len(s.lines) < sampleLines; line++ {
		end := bytes.IndexByte(text, '\n')
		if end < 0 {
			if !all {
				break
			}
			end = len(text)
		}
		one := trim(text[:end])
		text = text[min(end+1, len(text)):]
		switch {
		case len(one) == 0:
		case isComment(one):
			if len(s.comments) < sampleLines {
				s.comments = append(s.comments, one)
			}
		default:
			s.lines = append(s.lines, listLine{bytes.Trim(one, "\r"), line})
		}
	}
	return s
}

func (s *listSample) failf(line int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", s.name, line, fmt.Errorf(format, args...))
}

// takeSep takes away a first line such as sep=; and returns the separator in it.
func (s *listSample) takeSep() string {
	if len(s.lines) == 0 {
		return ""
	}
	text := strings.Trim(string(s.lines[0].text), `"`)
	if len(text) != len("sep=;") && text != "sep=" || !strings.HasPrefix(strings.ToLower(text), "sep=") {
		return ""
	}
	s.sepAt = s.lines[0].line
	s.lines = s.lines[1:]
	if text = text[len("sep="):]; text == "" {
		return "tab" // trimmed off
	}
	return text
}

// dictionaries tells whether every line ends in a Python dictionary.
func (s *listSample) dictionaries() bool {
	for _, l := range s.lines {
		if l.text[0] == '{' || l.text[len(l.text)-1] != '}' || bytes.IndexByte(l.text, '{') < 0 {
			return false
		}
	}
	return len(s.lines) > 0
}

// rows is the lines in fields.
func (s *listSample) rows(l *listLayout) ([]listRow, error) {
	p := splitter{delim: l.delim, dict: l.dict, due: 2}
	var rows []listRow
	for _, one := range s.lines {
		f, err := p.split(one.text)
		if err != nil {
			return nil, s.failf(one.line, "%w", err)
		}
		if allEmpty(f) {
			continue
		}
		row := listRow{line: one.line, quoted: slices.Clone(p.marks)}
		for _, x := range f {
			row.fields = append(row.fields, string(x))
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s: no edges in the file, want one a line: node node [weight]", s.name)
	}
	return rows, nil
}

// findDelim finds what parts the fields: that of tab, semicolon, pipe, comma
// and blank which comes first in this order and parts every line.
func (l *listLayout) findDelim(s *listSample, o Options) error {
	if d, ok := o.delimiter(); ok {
		l.delim = d
		return nil
	}
	l.delim = " "
	first := ""
	for _, d := range []string{"\t", ";", "|", ",", " "} {
		there, every := s.parted(d, l.dict)
		if d == "," && s.decimalCommas() {
			continue
		}
		if there && first == "" {
			first = d
		}
		if every && (first == d || first == "" || d == " " && s.numbers()) {
			l.delim = d
			return l.colons(s)
		}
	}
	if first != "" {
		l.delim = first
	}
	return l.colons(s)
}

// decimalCommas tells whether blanks part every line into two nodes and a number
// with a comma, which then parts nothing.
func (s *listSample) decimalCommas() bool {
	commas := false
	for _, one := range s.lines {
		f := bytes.Fields(one.text)
		if len(f) != 3 || bytes.IndexByte(f[0], ',') >= 0 || bytes.IndexByte(f[1], ',') >= 0 {
			return false
		}
		if bytes.IndexByte(f[2], ',') >= 0 {
			commas = true
		}
		if !isNumber(strings.ReplaceAll(string(f[2]), ",", "")) {
			return false
		}
	}
	return commas
}

// parted tells whether d stands in any line, outside of quotes, and whether it
// parts every one.
func (s *listSample) parted(d string, dict bool) (any, every bool) {
	every = true
	p := splitter{delim: d, dict: dict, due: 2}
	for _, one := range s.lines {
		text := one.text
		if dict {
			text = p.takeDict(text)
		}
		any = any || strings.Contains(outside(string(text)), d)
		f, err := p.split(one.text)
		every = every && err == nil && len(f) >= 2
	}
	return any, every
}

// numbers tells whether lines are made of numbers between blanks.
func (s *listSample) numbers() bool {
	for _, one := range s.lines {
		for _, f := range bytes.Fields(one.text) {
			if !isNumber(string(f)) {
				return false
			}
		}
	}
	return true
}

// colons errs where a colon follows the first field of every line: that may be
// a node with its neighbours, or a separator.
func (l *listLayout) colons(s *listSample) error {
	if l.delim != " " {
		return nil
	}
	for _, one := range s.lines {
		first, _, _ := bytes.Cut(one.text, []byte(" "))
		if len(first) < 2 || first[len(first)-1] != ':' && !bytes.Contains(first, []byte("::")) {
			return nil
		}
	}
	if len(s.lines) == 0 {
		return nil
	}
	first, _, _ := bytes.Cut(s.lines[0].text, []byte(" "))
	return s.failf(s.lines[0].line, "%s has a colon, want two nodes between blanks, tabs or commas; --delimiter colon (or --delimiter ::) takes it for the separator", quoteBytes(first))
}

// outside is what of a line is not in quotes.
func outside(text string) string {
	if !strings.Contains(text, `"`) {
		return text
	}
	var b strings.Builder
	for i, part := range strings.Split(text, `"`) {
		if i%2 == 0 {
			b.WriteString(part)
		}
	}
	return b.String()
}
