package graphfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// scalar is the text of a value that is no list, object or null.
func scalar(raw json.RawMessage) (s string, k kind, ok bool) {
	if len(raw) == 0 {
		return "", anything, false
	}
	switch raw[0] {
	case '"':
		s, ok = jsonString(raw)
		return s, text, ok
	case '{', '[', 'n':
		return "", anything, false
	}
	return string(raw), number, true
}

// node1 reads the n-th node.
func (g *jsonGraph) node1(raw json.RawMessage, n int) error {
	g.pairs = splitObject(g.pairs[:0], raw)
	return g.nodeOf(g.pairs, n)
}

// nodeOf reads the n-th node.
func (g *jsonGraph) nodeOf(list []jsonPair, n int) error {
	var err error
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
	g.pairs = splitObject(g.pairs[:0], raw)
	return g.edgeOf(g.pairs, n)
}

// record reads the n-th element of an array of edges.
func (g *jsonGraph) record(raw json.RawMessage, n int) error {
	g.pairs = splitObject(g.pairs[:0], raw)
	return g.recordOf(g.pairs)
}

// recordOf reads an object of its own: an edge, or a node where it has an id and
// no ends.
func (g *jsonGraph) recordOf(fields []jsonPair) error {
	g.records++
	isEdge := lookUp(fields, "id") == nil
	for _, names := range endNames() {
		isEdge = isEdge || lookUp(fields, names[0]) != nil || lookUp(fields, names[1]) != nil
	}
	if isEdge {
		return g.edgeOf(fields, g.records-g.ordered)
	}
	g.ordered++
	return g.nodeOf(fields, g.ordered)
}

// endNames are the keys of the two nodes of an edge.
func endNames() [][2]string {
	return [][2]string{{"source", "target"}, {"src", "dst"}, {"from", "to"}, {"u", "v"}}
}

// edgeOf reads the n-th edge.
func (g *jsonGraph) edgeOf(fields []jsonPair, n int) error {
	for _, names := range endNames() {
		source, target := lookUp(fields, names[0]), lookUp(fields, names[1])
		if source == nil && target == nil {
			continue
		}
		var ends [2]string
		for k, raw := range []json.RawMessage{source, target} {
			s, _, ok := scalar(raw)
			if !ok {
				return g.failf("link %d: %s = %s, want the id of a node", n, names[k], quote(string(raw)))
			}
			ends[k] = s
		}
		if err := g.link(ends[0], ends[1], g.directed, n); err != nil {
			return g.failf("link %d: %w", n, err)
		}
		if err := g.weightOf(fields, names); err != nil {
			return g.failf("link %d: %w", n, err)
		}
		return nil
	}
	return g.failf("an object without source and target, want an edge, or one object with nodes and links")
}

// lookUp is the value of a key, the last one where there are several.
func lookUp(fields []jsonPair, key string) json.RawMessage {
	for _, p := range slices.Backward(fields) {
		if p.key == key {
			return p.value
		}
	}
	return nil
}

// weightOf finds the weight among the keys of an edge whose ends have the given
// names.
func (g *jsonGraph) weightOf(fields []jsonPair, ends [2]string) error {
	weight, from := "", ""
	for _, p := range fields {
		switch {
		case p.key == ends[0] || p.key == ends[1]:
			continue
		case !isWeight(p.key):
			g.edgeExtra.get(p.key, text)
			continue
		case string(p.value) == "null" || from == "weight":
			continue
		}
		s, k, ok := scalar(p.value)
		if !ok || k != number {
			return fmt.Errorf("%s = %s, want a number", p.key, quote(string(p.value)))
		}
		if from == "" || p.key == "weight" {
			weight, from = s, p.key
		}
	}
	if from == "" {
		return nil
	}
	return g.weight(weight)
}
