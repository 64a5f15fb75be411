package losses_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/doc"
	"go/doc/comment"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

//go:generate go test -run ^TestDocsAreCurrent$ . -update

var updateDocs = flag.Bool("update", false, "write docs/losses.md")

// TestDocsAreCurrent wants docs/losses.md to be what the package's comments
// say.
func TestDocsAreCurrent(t *testing.T) {
	file := filepath.Join("..", "docs", "losses.md")
	want := docsPage(t, readSource(t))
	if *updateDocs {
		require.NoError(t, os.WriteFile(file, []byte(want), 0o644))
	}
	have, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.True(t, string(have) == want, "docs/losses.md is out of date: go generate ./losses writes it")
}

const docsIntro = `<!-- Written by go generate ./losses from the comments of package losses. -->

# Losses

%s
In the table, the name is that of the loss in terms, in histories and on the
command line; package losses has a constant for it. The examples below use two
triangles joined by an edge, with two clusters.

| Loss | Name | Reads A | Range | Gradient | Source |
|---|---|---|---|---|---|
`

// docsPage is the text of docs/losses.md.
func docsPage(t *testing.T, src source) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, docsIntro, src.markdown(src.doc.Doc))
	all := src.losses(t)
	for _, l := range all {
		b.WriteString(docsLine(l))
	}
	b.WriteString("\n## The losses\n")
	for _, l := range all {
		b.WriteString(docsSection(t, src, l))
	}
	b.WriteString("\n## What losses have in common\n")
	for _, name := range []string{"ClassOptions", "Count", "Normalizer", "LinkOptions", "HigherOrderOptions", "MapOptions", "ReconstructionOptions", "PriorOptions", "Term", "Sums", "SumNodes"} {
		b.WriteString(docsType(src, name))
	}
	for _, f := range src.functions() {
		if f.Name == "Total" {
			fmt.Fprintf(&b, "\n### Total\n\n%s", src.markdown(f.Doc))
		}
	}
	return b.String()
}

// docsLine is the line of a loss in the table.
func docsLine(l lossSource) string {
	reads := "no"
	if l.needA {
		reads = "yes"
	}
	name := l.function.Name
	return fmt.Sprintf("| [%s](#%s) | `%s` (`%s`) | %s | %s | %s | %s |\n", name, strings.ToLower(name), l.name, l.constant,
		reads, docsPart(l, "Range"), docsPart(l, "Gradient"), docsPart(l, "Source"))
}

// docsPart is the first sentence of what a comment says under a title.
func docsPart(l lossSource, title string) string {
	_, text, _ := strings.Cut(l.function.Doc, "\n"+title+": ")
	if end := docsEnd.FindStringIndex(text); end != nil {
		text = text[:end[0]]
	}
	return strings.TrimSuffix(inline(text), ".")
}

// docsEnd is where a sentence or a part ends.
var docsEnd = regexp.MustCompile(`\.\s+[A-Z]|\n\n|\n[A-Z][a-z, ]+: `)

// docsSection is what there is to say of one loss, with its Example.
func docsSection(t *testing.T, src source, l lossSource) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "\n### %s\n\n```go\n%s\n```\n\n%s", l.function.Name, src.signature(t, l.function.Decl), src.markdown(l.function.Doc))
	for _, e := range doc.Examples(src.tests...) {
		if e.Name == l.function.Name {
			fmt.Fprintf(&b, "\n**Example:** %s = `%s`\n", strings.TrimSuffix(inline(e.Doc), "."), strings.TrimSpace(e.Output))
		}
	}
	return b.String()
}

// docsType is the section of a type: its comment, and its fields or values.
func docsType(src source, name string) string {
	var b strings.Builder
	for _, typ := range src.doc.Types {
		if typ.Name != name {
			continue
		}
		fmt.Fprintf(&b, "\n### %s\n\n%s\n", name, src.markdown(typ.Doc))
		for _, group := range typ.Consts {
			for _, spec := range group.Decl.Specs {
				v := spec.(*ast.ValueSpec)
				b.WriteString(docsItem(v.Names[0].Name, v.Doc.Text()))
			}
		}
		if st, ok := typ.Decl.Specs[0].(*ast.TypeSpec).Type.(*ast.StructType); ok {
			for _, f := range st.Fields.List {
				if !ast.IsExported(f.Names[0].Name) {
					continue
				}
				b.WriteString(docsItem(f.Names[0].Name, f.Doc.Text()+f.Comment.Text()))
			}
		}
	}
	return b.String()
}

// markdown is a comment as Markdown, with a paragraph for each of its parts.
func (src source) markdown(text string) string {
	pr := src.doc.Printer()
	pr.HeadingLevel = 2
	pr.HeadingID = func(*comment.Heading) string { return "" }
	pr.DocLinkURL = func(*comment.DocLink) string { return "" }
	text = string(pr.Markdown(src.doc.Parser().Parse(text)))
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if !strings.HasPrefix(line, "\t") {
			line = docsParts.ReplaceAllString(line, "\n\n**$1:** ")
			lines[i] = strings.TrimLeft(line, "\n")
		}
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

// docsParts is the titles of the parts of a comment.
var docsParts = regexp.MustCompile(`(?:^| )(Range|Shapes|Gradient|Errors(?:, when run)?|Source): `)

// docsItem is the line of a field or value in a list.
func docsItem(name, text string) string {
	text = inline(text)
	if rest, ok := strings.CutPrefix(text, name+" "); ok {
		return fmt.Sprintf("- `%s` %s\n", name, rest)
	}
	return fmt.Sprintf("- `%s`: %s\n", name, text)
}

// inline is a comment on one line.
func inline(text string) string { return strings.Join(strings.Fields(text), " ") }

// signature is the first line of a function.
func (src source) signature(t *testing.T, f *ast.FuncDecl) string {
	t.Helper()
	var b strings.Builder
	require.NoError(t, printer.Fprint(&b, token.NewFileSet(), &ast.FuncDecl{Name: f.Name, Type: f.Type}))
	return b.String()
}
