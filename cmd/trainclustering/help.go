package main

import (
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// helpPage is the help of a command.
type helpPage struct {
	title    string
	about    string // a paragraph; "" for none
	usage    []string
	examples []string
	flags    []flagGroup
	column   int // where the flags' texts begin
}

// String is the page, at most 80 columns wide.
func (h helpPage) String() string {
	var b strings.Builder
	b.WriteString(h.title + "\n")
	if h.about != "" {
		b.WriteString("\n" + strings.Join(text.Wrap(h.about, text.Columns), "\n") + "\n")
	}
	indented := func(title string, lines []string) {
		b.WriteString("\n" + title + "\n")
		for _, line := range lines {
			b.WriteString("  " + line + "\n")
		}
	}
	indented("Usage", h.usage)
	examples := "Examples"
	if len(h.examples) == 1 {
		examples = "Example"
	}
	indented(examples, h.examples)
	for _, group := range h.flags {
		var lines []string
		for _, r := range group.rows {
			lines = append(lines, r.lines(h.column-2)...)
		}
		indented(group.title, lines)
	}
	return b.String()
}

// lines are the flag and its text, which begins in a column: on the line of the
// flag where that leaves two blanks between them, else below it.
func (r flagRow) lines(column int) []string {
	head := r.head()
	var lines []string
	if len(head)+2 > column {
		lines, head = []string{head}, ""
	}
	for _, part := range text.Wrap(r.help(), text.Columns-2-column) {
		lines = append(lines, text.PadRight(head, column)+part)
		head = ""
	}
	return lines
}
