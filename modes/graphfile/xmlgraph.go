package graphfile

import (
	"encoding/xml"
	"fmt"
	"io"
)

// xmlGraph is a file of XML that holds one graph, and the graph that is built
// of it.
type xmlGraph struct {
	*xmlScan
	*builder
	graphs int // met so far
}

// newXMLGraph reads a file whose nodes may be named by one of the attributes.
func newXMLGraph(r io.Reader, name string, attributes ...string) xmlGraph {
	return xmlGraph{xmlScan: newXMLScan(r, name), builder: newBuilder(attributes...)}
}

// read reads the file, whose outermost element is root; top takes each element
// in it.
func (g *xmlGraph) read(root string, top func(e xml.StartElement) error) (*Graph, error) {
	if err := g.root(root); err != nil {
		return nil, err
	}
	if err := g.children(top); err != nil {
		return nil, err
	}
	if err := g.finish(); err != nil {
		return nil, err
	}
	if g.graphs == 0 {
		return nil, fmt.Errorf("%s: no <graph>, want one", g.name)
	}
	if err := g.unknown(atLine(g.name)); err != nil {
		return nil, err
	}
	return g.graph(g.name)
}

// another counts a <graph> and errs at the second.
func (g *xmlGraph) another() error {
	if g.graphs++; g.graphs > 1 {
		return g.failf("a second <graph>, want one")
	}
	return nil
}
