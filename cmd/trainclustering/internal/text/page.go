package text

import (
	"path/filepath"
	"strings"
)

// The measures of a page.
const (
	Columns    = 80
	LabelWidth = 12 // of the word that opens a block, indentation included
	MaxListed  = 24 // things listed one by one
)

// Page gathers the lines of a text that a person reads.
type Page struct {
	strings.Builder
	Style
}

// Block writes lines under one label, which stands before the first of them.
func (p *Page) Block(label string, lines ...string) {
	for i, line := range lines {
		head := ""
		if i == 0 {
			head = label
		}
		p.WriteString("  " + p.Dim(PadRight(head, LabelWidth-2)) + line + "\n")
	}
}

// Title is the first line of a text, cut to one line of a page.
func (p *Page) Title(s string) { p.WriteString("\n" + p.Bold(CutMiddle(s, Columns)) + "\n\n") }

// Paragraph is a block of one text, wrapped.
func (p *Page) Paragraph(label, s string) {
	p.Block(label, Wrap(s, Columns-LabelWidth)...)
}

// BlankLine writes an empty line.
func (p *Page) BlankLine() { p.WriteByte('\n') }

// ShortName is a file's name without its folders.
func ShortName(source string) string { return OneLine(filepath.Base(source)) }

// SourceName is how a text names the graph's file; - is standard input.
func SourceName(source string) string {
	if source == "-" {
		return "standard input"
	}
	return ShortName(source)
}
