package graphfile

import (
	"strconv"
	"strings"
)

// nodeIndex finds the nodes of a graph by their ids.
type nodeIndex struct {
	g      *Graph
	byName map[string]int32 // nil: ids are indices
}

func newNodeIndex(g *Graph) *nodeIndex {
	x := &nodeIndex{g: g}
	if g.Names != nil {
		x.byName = make(map[string]int32, len(g.Names))
		for i, s := range g.Names {
			if _, ok := x.byName[s]; !ok {
				x.byName[s] = int32(i)
			}
		}
	}
	return x
}

// find is the node of an id; whole numbers may be written as 7.0.
func (x *nodeIndex) find(id string) (int32, bool) {
	if x.byName == nil {
		n, ok := parseIndex(strings.TrimSuffix(id, ".0"))
		return int32(n), ok && n < int64(x.g.Nodes)
	}
	n, ok := x.byName[id]
	if !ok && strings.HasSuffix(id, ".0") {
		n, ok = x.byName[strings.TrimSuffix(id, ".0")]
	}
	return n, ok
}

// id is the name of a node.
func (g *Graph) id(i int) string {
	if g.Names == nil {
		return strconv.Itoa(i)
	}
	return g.Names[i]
}

// unmatched counts what has no partner and keeps the first few.
type unmatched struct {
	n     int
	first []string
}

func (u *unmatched) add(id string) {
	if u.n++; len(u.first) < 3 {
		u.first = append(u.first, quote(id))
	}
}

// list is the first ones in words: "a", "b", "c", ….
func (u *unmatched) list() string {
	s := strings.Join(u.first, ", ")
	if u.n > len(u.first) {
		s += ", …"
	}
	return s
}
