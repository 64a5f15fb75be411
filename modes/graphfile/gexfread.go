package graphfile

import (
	"encoding/xml"
	"io"
)

// gexfAttr is an <attribute> of nodes or edges.
type gexfAttr struct {
	name string
	kind kind
	data *column
}

// gexfAttrs are the attributes of nodes or of edges, by id.
type gexfAttrs struct {
	byID    map[string]*gexfAttr
	columns *columns
}

// gexf is a GEXF file while it is read.
type gexf struct {
	xmlGraph
	ofNode, ofEdge gexfAttrs
	directed       bool
}

// readGEXF reads a graph in GEXF 1.1 to 1.3. Nodes are named by their label,
// where all differ, else by their id.
func readGEXF(r io.Reader, name string) (*Graph, error) {
	g := &gexf{xmlGraph: newXMLGraph(r, name, "label", "name")}
	g.ofNode = gexfAttrs{make(map[string]*gexfAttr), &g.nodes}
	g.ofEdge = gexfAttrs{make(map[string]*gexfAttr), &g.edgeExtra}
	return g.read("gexf", g.top)
}

func (g *gexf) top(e xml.StartElement) error {
	if e.Name.Local != "graph" {
		return nil
	}
	if err := g.another(); err != nil {
		return err
	}
	way := attr(e, "defaultedgetype")
	directed, err := g.way(way, false)
	if err != nil {
		return err
	}
	g.directed = directed
	if mode := attr(e, "mode"); mode == "dynamic" {
		g.said = append(g.said, "a dynamic graph: times left out, every node and edge is there")
	}
	return g.children(g.inGraph)
}

// way reads the type of edges.
func (g *gexf) way(s string, otherwise bool) (bool, error) {
	switch s {
	case "":
		return otherwise, nil
	case "directed":
		return true, nil
	case "undirected", "mutual":
		return false, nil
	}
	return false, g.failf("type = %s, want directed, undirected or mutual", quote(s))
}

func (g *gexf) inGraph(e xml.StartElement) error {
	switch e.Name.Local {
	case "attributes":
		of := g.ofNode
		switch class := attr(e, "class"); class {
		case "edge":
			of = g.ofEdge
		case "node":
		default:
			return g.failf("<attributes class=%s>, want node or edge", quote(class))
		}
		return g.children(func(e xml.StartElement) error { return g.attribute(e, of) })
	case "nodes":
		return g.children(g.oneNode)
	case "edges":
		return g.children(g.oneEdge)
	}
	return nil
}

func (g *gexf) attribute(e xml.StartElement, of gexfAttrs) error {
	if e.Name.Local != "attribute" {
		return nil
	}
	id := attr(e, "id")
	if id == "" || of.byID[id] != nil {
		return g.failf("<attribute id=%s>, want an id that no other has", quote(id))
	}
	a := &gexfAttr{name: attr(e, "title"), kind: xmlKind(attr(e, "type"))}
	if a.name == "" {
		a.name = id
	}
	of.byID[id] = a
	g.column(a, of).listed = true
	return g.children(func(e xml.StartElement) error {
		if e.Name.Local != "default" {
			return nil
		}
		value, _, err := g.content()
		if err == nil {
			a.data.preset, a.data.has = value, true
		}
		return err
	})
}

// column is where the values of an attribute go.
func (g *gexf) column(a *gexfAttr, of gexfAttrs) *column {
	if a.data == nil {
		a.data = of.columns.ofKind(a.name, a.kind)
	}
	return a.data
}
