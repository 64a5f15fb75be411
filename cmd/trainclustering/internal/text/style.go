package main

import (
	"fmt"
	"os"

	"golang.org/x/term"
)

// style writes text plain, or with the terminal's colours.
type style struct{ colour bool }

// styleFor colours a terminal, unless NO_COLOR is set (no-color.org) or the
// terminal says that it can not.
func styleFor(f *os.File) style {
	return style{colour: isTerminal(f) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
}

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

func (s style) sgr(code, text string) string {
	if !s.colour || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (s style) bold(text string) string { return s.sgr("1", text) }
func (s style) dim(text string) string  { return s.sgr("2", text) }
func (s style) warn(text string) string { return s.sgr("33", text) }

// cluster paints text in the colour that the picture gives the cluster.
func (s style) cluster(c int, text string) string {
	var r, g, b int
	if _, err := fmt.Sscanf(clusterColour(c), "#%02x%02x%02x", &r, &g, &b); err != nil {
		return text
	}
	return s.sgr(fmt.Sprintf("38;2;%d;%d;%d", r, g, b), text)
}
