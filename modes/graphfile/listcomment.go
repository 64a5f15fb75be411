package graphfile

import (
	"bytes"
	"slices"
)

// isComment tells whether text begins like a comment.
func isComment(text []byte) bool {
	return text[0] == '#' || text[0] == '%' || text[0] == '/' && len(text) > 1 && text[1] == '/'
}

// numbered tells whether a list has no header and its nodes are whole numbers,
// none in quotes. Then what follows the last one of a line, after a blank and #,
// % or //, can be no part of a name.
func (l *listLayout) numbered(rows []listRow) bool {
	if l.delim == " " || l.headerAt > 0 {
		return false
	}
	isNode := func(r listRow, c int) bool {
		if c >= len(r.fields) {
			return false
		}
		s := []byte(r.fields[c])
		if c == len(r.fields)-1 {
			s = beforeComment(s)
		}
		return isWholeNumber(string(s))
	}
	return !slices.ContainsFunc(rows, func(r listRow) bool {
		return slices.Contains(r.quoted, true) || !isNode(r, l.src) || !isNode(r, l.dst)
	})
}

// uncommented is the field c of a line, without a comment that follows it as the
// last one: "2 # first". Where nodes may be words, "50 % off" is one of them, and
// so is what stands in quotes; a weight is a number in any list.
func (p *listParser) uncommented(f [][]byte, c int) []byte {
	s := f[c]
	if c != len(f)-1 || !p.tails && c != p.weight || p.s.inQuotes(c) {
		return s
	}
	before := beforeComment(s)
	p.s.cut = p.s.cut || len(before) < len(s)
	return before
}

// beforeComment is the number before a comment, or all where there is none.
func beforeComment(s []byte) []byte {
	if bytes.IndexByte(s, ' ') < 0 && bytes.IndexByte(s, '\t') < 0 {
		return s
	}
	end := bytes.IndexAny(s, " \t")
	rest := trim(s[end:])
	if len(rest) == 0 || !isComment(rest) || !isNumber(string(s[:end])) {
		return s
	}
	return s[:end]
}
