package graphfile

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
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
	*xmlScan
	*builder
	ofNode, ofEdge gexfAttrs
	directed       bool
	graphs         int
}

// readGEXF reads a graph in GEXF 1.1 to 1.3. Nodes are named by their label,
// where all differ, else by their id.
func readGEXF(r io.Reader, name string) (*Graph, error) {
	g := &gexf{xmlScan: newXMLScan(r, name), builder: newBuilder("label", "name")}
	g.ofNode = gexfAttrs{make(map[string]*gexfAttr), &g.nodes}
	g.ofEdge = gexfAttrs{make(map[string]*gexfAttr), &g.edgeExtra}
	if err := g.root("gexf"); err != nil {
		return nil, err
	}
	if err := g.children(g.top); err != nil {
		return nil, err
	}
	if err := g.finish(); err != nil {
		return nil, err
	}
	if g.graphs == 0 {
		return nil, fmt.Errorf("%s: no <graph>, want one", name)
	}
	if err := g.unknown(atLine(name)); err != nil {
		return nil, err
	}
	return g.graph(name)
}

func (g *gexf) top(e xml.StartElement) error {
	if e.Name.Local != "graph" {
		return nil
	}
	if g.graphs++; g.graphs > 1 {
		return g.failf("a second <graph>, want one")
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
	return g.children(func(e xml.StartElement) error {
		if e.Name.Local != "default" {
			return nil
		}
		value, _, err := g.content()
		if err == nil {
			c := g.column(a, of)
			c.preset, c.has = value, true
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

// value reads an <attvalue>.
func (g *gexf) value(e xml.StartElement, of gexfAttrs) (*gexfAttr, string, error) {
	id := attr(e, "for")
	if id == "" {
		id = attr(e, "id") // GEXF 1.0 and 1.1
	}
	a := of.byID[id]
	if a == nil {
		return nil, "", g.failf("<attvalue for=%s>, want the id of an <attribute>", quote(id))
	}
	return a, attr(e, "value"), nil
}

// values calls f with each attribute of the node or edge that is being read.
func (g *gexf) values(of gexfAttrs, f func(a *gexfAttr, value string)) error {
	return g.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "attvalues":
		case "nodes":
			return g.failf("<nodes> inside of a node, want a graph without a hierarchy")
		default:
			return nil
		}
		return g.children(func(e xml.StartElement) error {
			if e.Name.Local != "attvalue" {
				return nil
			}
			a, value, err := g.value(e, of)
			if err == nil {
				f(a, value)
			}
			return err
		})
	})
}

func (g *gexf) oneNode(e xml.StartElement) error {
	if e.Name.Local != "node" {
		return nil
	}
	n, err := g.declare(attr(e, "id"))
	if err != nil {
		return g.failf("%w", err)
	}
	for _, a := range e.Attr {
		if a.Name.Local == "label" {
			g.nodes.get("label", text).put(n, a.Value)
		}
	}
	return g.values(g.ofNode, func(a *gexfAttr, value string) { g.column(a, g.ofNode).put(n, value) })
}

func (g *gexf) oneEdge(e xml.StartElement) error {
	if e.Name.Local != "edge" {
		return nil
	}
	source, target := attr(e, "source"), attr(e, "target")
	if source == "" || target == "" {
		return g.failf("<edge source=%s target=%s>, want the ids of two nodes", quote(source), quote(target))
	}
	directed, err := g.way(attr(e, "type"), g.directed)
	if err != nil {
		return err
	}
	if err := g.link(source, target, directed, g.xmlScan.line()); err != nil {
		return g.failf("%w", err)
	}
	weight := attr(e, "weight")
	err = g.values(g.ofEdge, func(a *gexfAttr, value string) {
		if weight == "" && isWeight(a.name) && a.kind != text {
			weight = value
			return
		}
		g.edgeExtra.get(a.name, text)
	})
	if err != nil || strings.TrimSpace(weight) == "" {
		return err
	}
	if err := g.weight(weight); err != nil {
		return g.failf("%w", err)
	}
	return nil
}
