package graphfile

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

func sniffGML(head []byte) bool {
	start := regexp.MustCompile(`(?i)^(\x{feff})?(\s|#[^\n]*\n|(creator|version|comment|label)\s+("[^"]*"|\S+))*graph\s*(#[^\n]*\s*)*\[`)
	return start.Match(head)
}

// gml is a GML file while it is read.
type gml struct {
	*gmlScan
	*builder
	directed bool
	graphs   int
}

// readGML reads a graph in the Graph Modelling Language. Nodes are named by
// their label, where all differ, else by their id.
func readGML(r io.Reader, name string) (*Graph, error) {
	g := &gml{gmlScan: newGMLScan(r, name), builder: newBuilder("label", "name")}
	err := g.list(0, func(key gmlToken, depth int) error {
		if !strings.EqualFold(key.text, "graph") {
			return g.skip(key, depth)
		}
		if g.graphs++; g.graphs > 1 {
			return g.failf(key.line, "a second graph, want one")
		}
		return g.inside(key, depth, g.inGraph)
	})
	if err != nil {
		return nil, err
	}
	if g.graphs == 0 {
		return nil, fmt.Errorf("%s: no graph, want graph [ … ]", name)
	}
	if err := g.unknown(atLine(name)); err != nil {
		return nil, err
	}
	return g.graph(name)
}

// list reads keys up to the end of a list, of the file at depth 0, and gives
// each to f, which reads its value.
func (g *gml) list(depth int, f func(key gmlToken, depth int) error) error {
	if depth > maxDepth {
		return g.failf(g.gmlScan.line, "lists %d deep, want at most %d", depth, maxDepth)
	}
	for {
		key, err := g.next()
		switch {
		case errors.Is(err, io.EOF) && depth == 0:
			return nil
		case errors.Is(err, io.EOF):
			return g.failf(g.gmlScan.line, "the file ends inside of a list, want ]: it may be cut off")
		case err != nil:
			return err
		case key.text == "]" && !key.quoted && depth > 0:
			return nil
		}
		key.text = strings.TrimPrefix(key.text, "\ufeff")
		if key.quoted || !isGMLKey(key.text) {
			return g.failf(key.line, "%s, want a key", quote(key.text))
		}
		if err := f(key, depth); err != nil {
			return err
		}
	}
}

// isGMLKey says whether a word is a key: letters first, then what programs
// write beside letters and digits.
func isGMLKey(s string) bool {
	for i := range len(s) {
		c := s[i]
		if letter := c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_'; !letter && (i == 0 || strings.IndexByte("0123456789.-", c) < 0) {
			return false
		}
	}
	return s != ""
}

// value reads the value of a key; list says that it is one, which is still to
// be read.
func (g *gml) value(key gmlToken) (v gmlToken, list bool, err error) {
	v, err = g.next()
	switch {
	case errors.Is(err, io.EOF):
		return v, false, g.failf(key.line, "the file ends after %s, want its value", quote(key.text))
	case err != nil:
		return v, false, err
	case v.text == "]" && !v.quoted:
		return v, false, g.failf(v.line, "%s has no value", quote(key.text))
	}
	return v, v.text == "[" && !v.quoted, nil
}

// skip reads over a value.
func (g *gml) skip(key gmlToken, depth int) error {
	_, list, err := g.value(key)
	if err != nil || !list {
		return err
	}
	return g.list(depth+1, g.skip)
}

// inside reads the list that is the value of key.
func (g *gml) inside(key gmlToken, depth int, f func(key gmlToken, depth int) error) error {
	v, list, err := g.value(key)
	if err != nil {
		return err
	}
	if !list {
		return g.failf(v.line, "%s = %s, want a list in [ ]", key.text, quote(v.text))
	}
	return g.list(depth+1, f)
}

// scalar reads a value that is no list.
func (g *gml) scalar(key gmlToken) (gmlToken, error) {
	v, list, err := g.value(key)
	if err == nil && list {
		err = g.failf(v.line, "%s is a list, want one value", quote(key.text))
	}
	return v, err
}

func (g *gml) inGraph(key gmlToken, depth int) error {
	switch strings.ToLower(key.text) {
	case "directed":
		v, err := g.scalar(key)
		if err == nil && v.text != "0" && v.text != "1" {
			err = g.failf(v.line, "directed = %s, want 0 or 1", quote(v.text))
		}
		if len(g.src) > 0 && v.text == "1" != g.directed {
			err = g.failf(v.line, "directed after the first edge, want it before")
		}
		g.directed = v.text == "1"
		return err
	case "node":
		return g.node1(key, depth)
	case "edge":
		return g.edge1(key, depth)
	}
	return g.skip(key, depth)
}
