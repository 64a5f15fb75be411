package graphfile

import (
	"encoding/xml"
	"strings"
)

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
		a.data.listed = false // it has a value, which is not used
	})
	if weight == "" {
		weight = g.weightPreset()
	}
	if err != nil || strings.TrimSpace(weight) == "" {
		return err
	}
	if err := g.weight(weight); err != nil {
		return g.failf("%w", err)
	}
	return nil
}

// weightPreset is the weight of an edge that has none, "" if the file does not
// say it.
func (g *gexf) weightPreset() string {
	for _, c := range g.edgeExtra.list {
		if isWeight(c.name) && c.has {
			c.used = true
			return c.preset
		}
	}
	return ""
}
