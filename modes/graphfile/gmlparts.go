package graphfile

import "strings"

// gmlPair is an attribute of a node or an edge.
type gmlPair struct {
	key, value gmlToken
	list       bool
}

// pairs reads the keys of a list that have one value; of the others only the
// key is kept.
func (g *gml) pairs(key gmlToken, depth int) ([]gmlPair, error) {
	var out []gmlPair
	err := g.inside(key, depth, func(k gmlToken, depth int) error {
		v, list, err := g.value(k)
		if err != nil {
			return err
		}
		out = append(out, gmlPair{k, v, list})
		if list {
			return g.list(depth+1, g.skip)
		}
		return nil
	})
	return out, err
}

// node1 reads one node.
func (g *gml) node1(key gmlToken, depth int) error {
	pairs, err := g.pairs(key, depth)
	if err != nil {
		return err
	}
	id := ""
	for _, p := range pairs {
		if strings.EqualFold(p.key.text, "id") {
			id = p.value.text
		}
	}
	if id == "" {
		return g.failf(key.line, "a node without an id, want a number")
	}
	n, err := g.declare(id)
	if err != nil {
		return g.failf(key.line, "%w", err)
	}
	for _, p := range pairs {
		if strings.EqualFold(p.key.text, "id") {
			continue
		}
		k := number
		if p.value.quoted || p.list {
			k = text
		}
		c := g.nodes.get(p.key.text, k)
		if k == text {
			c.kind = text
		}
		if p.list {
			continue
		}
		c.put(n, p.value.text)
	}
	return nil
}

// edge1 reads one edge.
func (g *gml) edge1(key gmlToken, depth int) error {
	pairs, err := g.pairs(key, depth)
	if err != nil {
		return err
	}
	var ends [2]string
	weight, weighed := "", ""
	for _, p := range pairs {
		switch name := strings.ToLower(p.key.text); {
		case name == "source":
			ends[0] = p.value.text
		case name == "target":
			ends[1] = p.value.text
		case isWeight(name) && !p.list && (weighed == "" || name == "weight"):
			weight, weighed = p.value.text, name
		default:
			g.edgeExtra.get(p.key.text, text)
		}
	}
	for i, end := range [...]string{"source", "target"} {
		if ends[i] == "" {
			return g.failf(key.line, "an edge without a %s, want the id of a node", end)
		}
	}
	if err := g.link(ends[0], ends[1], g.directed, key.line); err != nil {
		return g.failf(key.line, "%w", err)
	}
	if weighed == "" {
		return nil
	}
	if err := g.weight(weight); err != nil {
		return g.failf(key.line, "%w", err)
	}
	return nil
}
