package text

import (
	"fmt"
	"os"

	"golang.org/x/term"
)

// Style writes text plain, or with the terminal's colours.
type Style struct{ Colour bool }

// StyleFor colours a terminal, unless NO_COLOR is set (no-color.org) or the
// terminal says that it can not.
func StyleFor(f *os.File) Style {
	return Style{Colour: IsTerminal(f) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
}

// IsTerminal tells whether a file is a terminal.
func IsTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

func (s Style) sgr(code, text string) string {
	if !s.Colour || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// Bold is heavier text.
func (s Style) Bold(text string) string { return s.sgr("1", text) }

// Dim is fainter text.
func (s Style) Dim(text string) string { return s.sgr("2", text) }

// Warn is text in the colour of a warning.
func (s Style) Warn(text string) string { return s.sgr("33", text) }

// In paints text in a colour, "#rrggbb".
func (s Style) In(colour, text string) string {
	var r, g, b int
	if _, err := fmt.Sscanf(colour, "#%02x%02x%02x", &r, &g, &b); err != nil {
		return text
	}
	return s.sgr(fmt.Sprintf("38;2;%d;%d;%d", r, g, b), text)
}
