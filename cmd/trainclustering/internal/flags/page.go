package flags

import (
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/logs"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// Page is the help of a command.
type Page struct {
	Title    string
	About    string // a paragraph; "" for none
	Usage    []string
	Commands []Row // below the usage: what each command does
	Examples []string
	Flags    []Group
	Notes    []string // paragraphs at the end
	Column   int      // where the flags' texts begin
}

// narrow is the width in columns below which texts stand under what they explain.
const narrow = 60

// Everywhere are the flags that every command has.
func Everywhere() Group {
	return Group{Title: "Everywhere", Rows: []Row{
		{
			Name: "log-format", Arg: "NAME", Value: logs.Text, Text: "format of the messages on standard error: text, or json, " +
				"one object per line; default {default}",
		},
		{Name: "help", Kind: NoValue, Text: "show this page"},
	}}
}

// At is the page, set for so many columns; 0 is 80. A word that is longer
// stays whole.
func (h Page) At(width int) string {
	if width == 0 {
		width = text.Columns
	}
	var b strings.Builder
	paragraph := func(s string) { b.WriteString(strings.Join(text.Wrap(s, width), "\n") + "\n") }
	section := func(title string, lines []string) {
		b.WriteString("\n" + title + "\n" + strings.Join(lines, "\n") + "\n")
	}
	paragraph(h.Title)
	if h.About != "" {
		b.WriteString("\n")
		paragraph(h.About)
	}
	section("Usage", commandLines(h.Usage, width, ""))
	if len(h.Commands) > 0 {
		section("Commands", rows(h.Commands, "", width, h.Column))
	}
	examples := "Examples"
	if len(h.Examples) == 1 {
		examples = "Example"
	}
	section(examples, commandLines(h.Examples, width, ` \`))
	for _, group := range append(h.Flags[:len(h.Flags):len(h.Flags)], Everywhere()) {
		section(group.Title, rows(group.Rows, "--", width, h.Column))
	}
	for _, note := range h.Notes {
		b.WriteString("\n")
		paragraph(note)
	}
	return b.String()
}

// commandLines sets command lines; one that goes on below ends in joint, so
// that a shell reads it as one.
func commandLines(commands []string, width int, joint string) (all []string) {
	for _, c := range commands {
		lines := text.Wrap(c, width-2)
		if len(lines) > 1 {
			lines = text.Wrap(c, width-4-text.Cells(joint))
		}
		for i, line := range lines {
			if i < len(lines)-1 {
				line += joint
			}
			indent := "  "
			if i > 0 {
				indent = "    "
			}
			all = append(all, indent+line)
		}
	}
	return all
}

// rows sets rows with their texts.
func rows(all []Row, dashes string, width, column int) (lines []string) {
	if column == 0 {
		column = 20
	}
	if width < narrow {
		column = 6
	}
	for _, r := range all {
		lines = append(lines, r.lines(dashes, width, column)...)
	}
	return lines
}

// lines are a row and its text, which begins in a column: on the line of the
// row where that leaves two blanks between them, else below it.
func (r Row) lines(dashes string, width, column int) (lines []string) {
	head := strings.TrimSpace("  " + dashes + r.Name + " " + r.Arg)
	head = "  " + head
	if text.Cells(head)+2 > column {
		lines, head = []string{head}, ""
	}
	words := apart(strings.ReplaceAll(r.Text, "{default}", r.Value), width-column)
	for _, part := range text.Wrap(words, width-column) {
		lines = append(lines, text.PadRight(head, column)+part)
		head = ""
	}
	return lines
}

// apart puts blanks after the commas of words that are longer than a line.
func apart(s string, width int) string {
	words := strings.Fields(s)
	for i, w := range words {
		if text.Cells(w) > width {
			words[i] = strings.TrimSpace(strings.ReplaceAll(w, ",", ", "))
		}
	}
	return strings.Join(words, " ")
}
