package text

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxQuoted is how much of a value an error shows, in runes.
const maxQuoted = 200

// OneLine keeps a text on one line and free of characters that steer a
// terminal, which a file's name or an argument may carry: they become "?".
func OneLine(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
	return strings.Map(func(r rune) rune {
		if steers(r) {
			return '?'
		}
		return r
	}, s)
}

// steers tells whether a character moves the cursor, turns the direction of
// writing or is no character at all.
func steers(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) ||
		r == '\u2028' || r == '\u2029' || r == utf8.RuneError
}

// Quote quotes a value that would be hard to see as it stands, and cuts one
// that is long.
func Quote(v string) string {
	v = Cut(v, maxQuoted)
	if v == "" || strings.ContainsAny(v, " \t\n\r\"") {
		return strconv.Quote(v)
	}
	return v
}

// Cut shortens a text to so many runes and an ellipsis.
func Cut(s string, runes int) string {
	if len(s) <= runes || utf8.RuneCountInString(s) <= runes {
		return s
	}
	return string([]rune(s)[:runes]) + "…"
}

// formula is what a spreadsheet may take for a formula, or would after an
// apostrophe of SafeName's were taken off.
var formula = regexp.MustCompile(`^'*[=+@-]`)

// SafeName is a node's name for a table that a spreadsheet or a terminal may
// show. One that could be a formula gets an apostrophe in front: it begins with
// = + - or @ and is no number, or does after apostrophes. Control characters
// become their pictures (␛ for escape), and other characters that steer a
// terminal �.
func SafeName(name string) string {
	name = Visible(name)
	if _, err := strconv.ParseFloat(name, 64); err != nil && formula.MatchString(name) {
		return "'" + name
	}
	return name
}

// Visible writes control characters as their pictures (␛ for escape), and other
// characters that steer a terminal as �.
func Visible(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ':
			return '␀' + r
		case r == 0x7f:
			return '␡'
		case steers(r):
			return utf8.RuneError
		}
		return r
	}, name)
}
