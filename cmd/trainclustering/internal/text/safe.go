package text

import (
	"strconv"
	"strings"
	"unicode"
)

// OneLine keeps a text on one line and free of control characters, which a
// file's name or an argument may carry.
func OneLine(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '?'
		}
		return r
	}, s)
}

// Quote quotes a value that would be hard to see as it stands.
func Quote(v string) string {
	if v == "" || strings.ContainsAny(v, " \t\n\r\"") {
		return strconv.Quote(v)
	}
	return v
}
