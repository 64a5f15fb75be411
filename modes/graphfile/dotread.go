package graphfile

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gonum.org/v1/gonum/graph/formats/dot"
	"gonum.org/v1/gonum/graph/formats/dot/ast"
)

func sniffDOT(head []byte) bool {
	start := regexp.MustCompile(`(?is)^(\x{feff})?(\s|#[^\n]*\n|//[^\n]*\n|/\*.*?\*/)*(strict\s+)?(di)?graph\b\s*("(\\.|[^"\\])*"|[^\s{\["]+)?\s*\{`)
	return start.Match(head)
}

// dotGraph is a DOT file while its syntax tree is read.
type dotGraph struct {
	*builder
	name     string
	directed bool
	most     int // edges that the file's length backs
}

// readDOT reads a graph in the DOT language of Graphviz. Nodes of subgraphs
// are nodes like others. Nodes are named by their label, which Graphviz draws, if
// every one has one and no two are the same, otherwise by their id; a label is no
// class.
func readDOT(r io.Reader, name string) (*Graph, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxDot+1))
	if err != nil {
		return nil, fmt.Errorf("%s: cannot be read, the file may be cut off: %w", name, err)
	}
	if len(b) > maxDot {
		return nil, fmt.Errorf("%s: a DOT file of more than %d bytes, want another format for a graph this large", name, maxDot)
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(b) {
		return nil, fmt.Errorf("%s: not UTF-8, want text in UTF-8", name)
	}
	if err := checkDot(name, b); err != nil {
		return nil, err
	}
	f, err := parseDOT(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(f.Graphs) != 1 {
		return nil, fmt.Errorf("%s: %d graphs, want one", name, len(f.Graphs))
	}
	g := &dotGraph{builder: newBuilder(), name: name, directed: f.Graphs[0].Directed, most: max(1_000_000, 64*len(b))}
	if _, err := g.statements(f.Graphs[0].Stmts, ""); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	g.drawn = []string{"label"}
	if c := g.nodes.at["label"]; c != nil && !slices.ContainsFunc(c.words, isDrawing) {
		g.nameFirst = g.drawn
	}
	return g.graph(name)
}

// isDrawing tells whether a label is more than a name: HTML, a record, or text
// with escapes such as \N.
func isDrawing(label string) bool {
	return label == "" || label[0] == '<' || label[0] == '{' || strings.Contains(label, `\`)
}

// parseDOT is the parser's syntax tree; a fault of the parser is an error.
func parseDOT(b []byte) (f *ast.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("cannot be parsed as DOT: %v", p)
		}
	}()
	f, err = dot.ParseBytes(b)
	if err != nil {
		return nil, fmt.Errorf("not DOT%s", dotReason(err))
	}
	return f, nil
}

// dotReason shortens an error of the parser to one line.
func dotReason(err error) string {
	s := strings.Join(strings.Fields(err.Error()), " ")
	if place, rest, found := strings.Cut(s, " error: "); found {
		s = " at line " + place + " " + rest
	} else {
		s = ": " + s
	}
	if len(s) > 300 {
		s = strings.ToValidUTF8(s[:297], "") + "..."
	}
	return s
}

// unquoteDOT is the text of an ID.
func unquoteDOT(id string) string {
	if len(id) < 2 || id[0] != '"' {
		return id
	}
	id = strings.ReplaceAll(id[1:len(id)-1], "\\\n", "")
	return strings.ReplaceAll(id, `\"`, `"`)
}

// dotDrawing are attributes of nodes that draw.
func dotDrawing() []string {
	return []string{
		"color", "colorscheme", "distortion", "fillcolor", "fontcolor", "fontname", "fontsize", "height",
		"width", "fixedsize", "margin", "orientation", "penwidth", "peripheries", "pos", "regular", "shape", "sides",
		"skew", "style", "xlabel", "label", "z",
	}
}
