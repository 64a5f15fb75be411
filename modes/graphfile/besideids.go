package graphfile

import (
	"fmt"
	"slices"
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

// addNodes gives g nodes without edges of the given names.
func (g *Graph) addNodes(names []string) {
	if len(names) == 0 {
		return
	}
	if g.Names == nil && !continues(names, g.Nodes) {
		g.Names = indices(g.Nodes, 0)
	}
	if g.Names != nil {
		g.Names = append(g.Names, names...)
	}
	end := g.RowPtr[g.Nodes]
	g.Nodes += len(names)
	for len(g.RowPtr) < g.Nodes+1 {
		g.RowPtr = append(g.RowPtr, end)
	}
	if g.Labels != nil {
		g.Labels = append(g.Labels, slices.Repeat([]int{Unlabeled}, len(names))...)
	}
	if f := g.Features; f != nil {
		f.Rows = g.Nodes
		if f.Dense != nil {
			f.Dense = append(f.Dense, make([]float32, len(names)*f.Cols)...)
		} else {
			f.RowPtr = append(f.RowPtr, slices.Repeat([]int32{f.RowPtr[len(f.RowPtr)-1]}, len(names))...)
		}
	}
}

// continues tells whether names are the numbers from first on.
func continues(names []string, first int) bool {
	for i, s := range names {
		if s != strconv.Itoa(first+i) {
			return false
		}
	}
	return true
}

// asIndices makes the ids of g, which must be whole numbers, indices below n
// from first on: node i is the id first+i, and numbers that do not occur become
// nodes without edges.
func (g *Graph) asIndices(n, first int) error {
	at := make([]int32, g.Nodes)
	for i := range at {
		id, ok := parseIndex(g.id(i))
		if !ok {
			return fmt.Errorf("has no ids and node %s is no number, want a CSV with the node's id in its first column", quote(g.id(i)))
		}
		if id < int64(first) || id >= int64(first+n) {
			return fmt.Errorf("has %d rows and no ids, want one for each number up to node %s", n, g.id(i))
		}
		at[i] = int32(id) - int32(first)
	}
	g.permute(at, n)
	g.Names = nil
	if first > 0 {
		g.Names = indices(n, first)
	}
	return nil
}

// permute makes node i the node at[i] of n, which keep the order of the nodes.
func (g *Graph) permute(at []int32, n int) {
	if n == g.Nodes && slices.IsSorted(at) {
		return // one place each
	}
	old := csr{rows: g.Nodes, cols: n, ptr: g.RowPtr, col: g.Col, val: g.Weights}
	for p, j := range old.col {
		old.col[p] = at[j]
	}
	by := make([]int32, n)
	for i := range by {
		by[i] = -1
	}
	for i, j := range at {
		by[j] = int32(i)
	}
	moved := old.take(by)
	moved.sortRows()
	g.RowPtr, g.Col, g.Weights = moved.ptr, moved.col, moved.val
	if g.Labels != nil {
		labels := make([]int, n)
		for i, o := range by {
			if labels[i] = Unlabeled; o >= 0 {
				labels[i] = g.Labels[o]
			}
		}
		g.Labels = labels
	}
	if f := g.Features; f != nil {
		g.Features = f.take(by)
	}
	g.Nodes = n
}
