package graphfile

import (
	"fmt"
	"slices"
	"strconv"
)

// nodeTable is the nodes of a graph with their names, labels and features, while
// a file beside it is read. The edges, in memory or on disk, wait until the file
// is read and then follow from.
type nodeTable struct {
	*Graph
	from rowMap
}

// beside reads a file beside g, whose edges then follow its nodes.
func (g *Graph) beside(read func(*nodeTable) error) error {
	if len(g.RowPtr) != g.Nodes+1 {
		return fmt.Errorf("%d row pointers for a graph of %d nodes, want %d; a DiskGraph has ReadFeatures and ReadLabels of its own", len(g.RowPtr), g.Nodes, g.Nodes+1)
	}
	n := &nodeTable{Graph: g}
	if err := read(n); err != nil || n.from == nil {
		return err
	}
	a := csr{rows: len(g.RowPtr) - 1, ptr: g.RowPtr, col: g.Col, val: g.Weights}.renumbered(n.from)
	g.RowPtr, g.Col, g.Weights = a.ptr, a.col, a.val
	return nil
}

// addNodes adds nodes of the given names behind the others.
func (g *nodeTable) addNodes(names []string) {
	if len(names) == 0 {
		return
	}
	if g.Names == nil && !continues(names, g.Nodes) {
		g.Names = indices(g.Nodes, 0)
	}
	if g.Names != nil {
		g.Names = append(g.Names, names...)
	}
	from := newRowMap(g.Nodes + len(names))
	for i := range g.Nodes {
		from[i] = int32(i)
	}
	g.follow(from)
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
func (g *nodeTable) asIndices(n, first int) error {
	from := newRowMap(n)
	for i := range g.Nodes {
		id, ok := parseIndex(g.id(i))
		switch {
		case !ok:
			return fmt.Errorf("has no ids and node %s is no number, want a CSV with the node's id in its first column", quote(g.id(i)))
		case id < int64(first) || id >= int64(first+n):
			return fmt.Errorf("has %d rows and no ids, want one for each number up to node %s", n, g.id(i))
		case from[int(id)-first] >= 0:
			return fmt.Errorf("has no ids and two nodes have the name %d, want a name for each", id)
		}
		from[int(id)-first] = int32(i)
	}
	if n != g.Nodes || !from.ascends() {
		g.follow(from)
	}
	g.Names = nil
	if first > 0 {
		g.Names = indices(n, first)
	}
	return nil
}

// follow makes each node the one that from says, of no label and features 0
// where it is new. Names are the caller's.
func (g *nodeTable) follow(from rowMap) {
	if g.Labels != nil {
		labels := slices.Repeat([]int{Unlabeled}, len(from))
		for i, o := range from {
			if o >= 0 {
				labels[i] = g.Labels[o]
			}
		}
		g.Labels = labels
	}
	if g.Features != nil {
		g.Features = g.Features.take(from)
	}
	g.Nodes, g.from = len(from), from
}
