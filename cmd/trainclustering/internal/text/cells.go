package text

import (
	"unicode"

	"golang.org/x/text/width"
)

// Cells is how many columns of a terminal a text takes: Chinese, Japanese and
// Korean letters and most emoji take two, and marks on the letter before them none.
func Cells(s string) int {
	n := 0
	for _, r := range s {
		n += cellsOf(r)
	}
	return n
}

func cellsOf(r rune) int {
	if r < 0x300 {
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// CutCells shortens a text to so many columns and an ellipsis.
func CutCells(s string, cells int) string {
	if Cells(s) <= cells {
		return s
	}
	return string(begin([]rune(s), cells)) + "…"
}

// CutMiddle shortens a text to at most so many columns: an ellipsis stands for
// its middle, so that a file's ending stays.
func CutMiddle(s string, cells int) string {
	if Cells(s) <= cells {
		return s
	}
	r := []rune(s)
	last := (cells - 1) / 2
	return string(begin(r, cells-1-last)) + "…" + string(end(r, last))
}

// CutBegin shortens a text to so many columns after an ellipsis.
func CutBegin(s string, cells int) string {
	if Cells(s) <= cells {
		return s
	}
	return "…" + string(end([]rune(s), cells))
}

// begin is as much of the beginning as fits.
func begin(r []rune, cells int) []rune {
	for i, c := range r {
		if cells -= cellsOf(c); cells < 0 {
			return r[:i]
		}
	}
	return r
}

// end is as much of the end as fits.
func end(r []rune, cells int) []rune {
	for i := len(r) - 1; i >= 0; i-- {
		if cells -= cellsOf(r[i]); cells < 0 {
			return r[i+1:]
		}
	}
	return r
}
