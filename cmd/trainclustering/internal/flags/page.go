package flags

import (
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// Page is the help of a command.
type Page struct {
	Title    string
	About    string // a paragraph; "" for none
	Usage    []string
	Examples []string
	Flags    []Group
	Column   int // where the flags' texts begin
}

// String is the page, at most 80 columns wide.
func (h Page) String() string {
	var b strings.Builder
	b.WriteString(h.Title + "\n")
	if h.About != "" {
		b.WriteString("\n" + strings.Join(text.Wrap(h.About, text.Columns), "\n") + "\n")
	}
	indented := func(title string, lines []string) {
		b.WriteString("\n" + title + "\n")
		for _, line := range lines {
			b.WriteString("  " + line + "\n")
		}
	}
	indented("Usage", h.Usage)
	examples := "Examples"
	if len(h.Examples) == 1 {
		examples = "Example"
	}
	indented(examples, h.Examples)
	for _, group := range h.Flags {
		var lines []string
		for _, r := range group.Rows {
			lines = append(lines, r.lines(h.Column-2)...)
		}
		indented(group.Title, lines)
	}
	return b.String()
}

// lines are the flag and its text, which begins in a column: on the line of the
// flag where that leaves two blanks between them, else below it.
func (r Row) lines(column int) []string {
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
