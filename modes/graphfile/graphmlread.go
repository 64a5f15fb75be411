package graphfile

import (
	"encoding/xml"
	"io"
	"strings"
)

// graphMLKey is a <key>: an attribute of nodes or edges.
type graphMLKey struct {
	name   string
	of     string // node, edge, graph or all
	kind   kind
	preset string
	has    bool
	data   *column // of nodes
}

// graphML is a GraphML file while it is read.
type graphML struct {
	xmlGraph
	keys     map[string]*graphMLKey
	order    []*graphMLKey
	directed bool
}

// readGraphML reads a graph in GraphML. Nodes are named by their attribute
// "name" or "label", where all differ, else by their id.
func readGraphML(r io.Reader, name string) (*Graph, error) {
	g := &graphML{xmlGraph: newXMLGraph(r, name, "name", "label"), keys: make(map[string]*graphMLKey)}
	return g.read("graphml", g.top)
}

// top reads an element of the file.
func (g *graphML) top(e xml.StartElement) error {
	switch e.Name.Local {
	case "key":
		return g.key(e)
	case "graph":
		if err := g.another(); err != nil {
			return err
		}
		way, err := g.way(attr(e, "edgedefault"), false)
		if err != nil {
			return err
		}
		g.directed = way
		g.presets()
		return g.children(g.inGraph)
	}
	return nil
}

// way reads a direction.
func (g *graphML) way(s string, otherwise bool) (bool, error) {
	switch s {
	case "":
		return otherwise, nil
	case "directed", "true":
		return true, nil
	case "undirected", "false":
		return false, nil
	}
	return false, g.failf("direction = %s, want directed or undirected", quote(s))
}

func (g *graphML) key(e xml.StartElement) error {
	id := attr(e, "id")
	if id == "" || g.keys[id] != nil {
		return g.failf("<key id=%s>, want an id that no other key has", quote(id))
	}
	if g.graphs > 0 {
		return g.failf("<key id=%s> after the graph, want it before", quote(id))
	}
	k := &graphMLKey{name: attr(e, "attr.name"), of: attr(e, "for"), kind: xmlKind(attr(e, "attr.type"))}
	if k.name == "" {
		k.name = id
	}
	err := g.children(func(e xml.StartElement) (err error) {
		if e.Name.Local == "default" {
			k.has = true
			k.preset, _, err = g.content()
		}
		return err
	})
	g.keys[id] = k
	g.order = append(g.order, k)
	return err
}

// xmlKind is the kind of values that GraphML and GEXF call t.
func xmlKind(t string) kind {
	switch strings.ToLower(t) {
	case "int", "integer", "long", "short", "byte", "float", "double", "boolean", "bool", "bigdecimal", "biginteger":
		return number
	case "":
		return anything
	}
	return text
}

// presets makes a column of each key of nodes, in their order, before the first
// node.
func (g *graphML) presets() {
	for _, k := range g.order {
		if k.of == "node" {
			k.data = g.column(k)
			k.data.preset, k.data.has, k.data.listed = k.preset, k.has, true
		}
	}
}

// column is the column of a key; one of a name that another key has gets the
// key's kind where they differ.
func (g *graphML) column(k *graphMLKey) *column {
	if k.data == nil {
		k.data = g.nodes.ofKind(k.name, k.kind)
	}
	return k.data
}

func (g *graphML) inGraph(e xml.StartElement) error {
	switch e.Name.Local {
	case "node":
		return g.oneNode(e)
	case "edge":
		return g.oneEdge(e)
	case "hyperedge":
		return g.failf("a <hyperedge>, want edges of two nodes")
	case "key":
		return g.key(e)
	}
	return nil
}

func (g *graphML) oneNode(e xml.StartElement) error {
	id := attr(e, "id")
	n, err := g.declare(id)
	if err != nil {
		return g.failf("%w", err)
	}
	return g.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "graph":
			return g.failf("a <graph> inside of node %s, want one without nested graphs", quote(id))
		case "data":
			k, value, nested, err := g.data(e)
			if err != nil {
				return err
			}
			if c := g.column(k); !nested {
				c.put(n, value)
			} else {
				c.listed = false
			}
		}
		return nil
	})
}

// data reads a <data>: its key and value.
func (g *graphML) data(e xml.StartElement) (k *graphMLKey, value string, nested bool, err error) {
	id := attr(e, "key")
	if k = g.keys[id]; k == nil {
		return nil, "", false, g.failf("<data key=%s>, want the id of a <key>", quote(id))
	}
	value, nested, err = g.content()
	return k, value, nested, err
}

func (g *graphML) oneEdge(e xml.StartElement) error {
	source, target := attr(e, "source"), attr(e, "target")
	if source == "" && target == "" {
		return g.failf("an <edge> without source and target, want the ids of two nodes")
	}
	directed, err := g.way(attr(e, "directed"), g.directed)
	if err != nil {
		return err
	}
	if err := g.link(source, target, directed, g.xmlScan.line()); err != nil {
		return g.failf("%w", err)
	}
	weight, from := "", ""
	err = g.children(func(e xml.StartElement) error {
		if e.Name.Local != "data" {
			return nil
		}
		k, value, _, err := g.data(e)
		if err != nil {
			return err
		}
		if isWeight(k.name) && k.kind != text && (from == "" || strings.EqualFold(k.name, "weight")) {
			weight, from = value, k.name
		} else {
			g.edgeExtra.get(k.name, text)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if from == "" {
		weight, from = g.weightPreset()
	}
	if from == "" {
		return nil
	}
	if err := g.weight(weight); err != nil {
		return g.failf("%w", err)
	}
	return nil
}

// weightPreset is the weight of an edge that has none, if the file says it.
func (g *graphML) weightPreset() (value, from string) {
	for _, k := range g.order {
		if k.of == "edge" && k.has && isWeight(k.name) && k.kind != text {
			return k.preset, k.name
		}
	}
	return "", ""
}
