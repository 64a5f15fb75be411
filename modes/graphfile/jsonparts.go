package graphfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// jsonPair is a key of an object with its value.
type jsonPair struct {
	key   string
	value json.RawMessage
}

// pairs splits an object, in its order.
func pairs(raw json.RawMessage) ([]jsonPair, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	var out []jsonPair
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		p := jsonPair{}
		p.key, _ = t.(string)
		if err := d.Decode(&p.value); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// scalar is the text of a value that is no list, object or null.
func scalar(raw json.RawMessage) (s string, k kind, ok bool) {
	if len(raw) == 0 {
		return "", anything, false
	}
	switch raw[0] {
	case '"':
		err := json.Unmarshal(raw, &s)
		return s, text, err == nil
	case '{', '[', 'n':
		return "", anything, false
	}
	return string(raw), number, true
}

// node1 reads the n-th node.
func (g *jsonGraph) node1(raw json.RawMessage, n int) error {
	list, err := pairs(raw)
	if err != nil {
		return g.failf("node %d: %w", n, err)
	}
	id, given := strconv.Itoa(n-1), false
	for _, p := range list {
		if p.key != "id" {
			continue
		}
		if id, _, given = scalar(p.value); !given {
			return g.failf("node %d: id = %s, want a text or a number", n, quote(string(p.value)))
		}
	}
	if n == 1 {
		g.byIndex = !given
	}
	if given == g.byIndex {
		return g.failf("node %d: some nodes have an id and some have not, want one for all", n)
	}
	i, err := g.declare(id)
	if err != nil {
		return g.failf("node %d: %w", n, err)
	}
	for _, p := range list {
		if p.key != "id" {
			g.attribute(i, p)
		}
	}
	return nil
}

// attribute gives node i a value; an array of numbers is one column each.
func (g *jsonGraph) attribute(i int32, p jsonPair) {
	if s, k, ok := scalar(p.value); ok {
		g.nodes.ofKind(p.key, k).put(i, s)
		return
	}
	if string(p.value) == "null" {
		return
	}
	var vector []json.Number
	if json.Unmarshal(p.value, &vector) != nil || bytes.IndexByte(p.value, '"') >= 0 {
		g.nodes.get(p.key, text)
		return
	}
	for k, v := range vector {
		if v != "" {
			g.nodes.ofKind(p.key+"_"+strconv.Itoa(k), number).put(i, v.String())
		}
	}
}

// edge1 reads the n-th link.
func (g *jsonGraph) edge1(raw json.RawMessage, n int) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return g.failf("link %d: %w", n, err)
	}
	return g.edgeOf(fields, n)
}

// record reads the n-th element of an array of edges.
func (g *jsonGraph) record(raw json.RawMessage, n int) error {
	g.records++
	return g.edge1(raw, n)
}

// endNames are the keys of the two nodes of an edge.
func endNames() [][2]string {
	return [][2]string{{"source", "target"}, {"src", "dst"}, {"from", "to"}, {"u", "v"}}
}

// edgeOf reads the n-th edge.
func (g *jsonGraph) edgeOf(fields map[string]json.RawMessage, n int) error {
	for _, names := range endNames() {
		if fields[names[0]] == nil && fields[names[1]] == nil {
			continue
		}
		var ends [2]string
		for k, name := range names {
			s, _, ok := scalar(fields[name])
			if !ok {
				return g.failf("link %d: %s = %s, want the id of a node", n, name, quote(string(fields[name])))
			}
			ends[k] = s
			delete(fields, name)
		}
		if err := g.link(ends[0], ends[1], g.directed, n); err != nil {
			return g.failf("link %d: %w", n, err)
		}
		if err := g.weightOf(fields); err != nil {
			return g.failf("link %d: %w", n, err)
		}
		return nil
	}
	return g.failf("an object without source and target, want an edge, or one object with nodes and links")
}

// weightOf finds the weight among the other keys of an edge.
func (g *jsonGraph) weightOf(fields map[string]json.RawMessage) error {
	weight, from := "", ""
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		raw := fields[name]
		if !isWeight(name) {
			g.edgeExtra.get(name, text)
			continue
		}
		if string(raw) == "null" || from == "weight" {
			continue
		}
		s, k, ok := scalar(raw)
		if !ok || k != number {
			return fmt.Errorf("%s = %s, want a number", name, quote(string(raw)))
		}
		if from == "" || name == "weight" {
			weight, from = s, name
		}
	}
	if from == "" {
		return nil
	}
	return g.weight(weight)
}
