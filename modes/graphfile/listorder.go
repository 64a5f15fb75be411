package graphfile

import (
	"fmt"
	"slices"
)

// eachAppearing calls f with each edge once, i below j, so that nodes with
// edges appear in their own order where edges allow it: a node appears with its
// first earlier neighbour or, where it has none, together with the node after
// it. inOrder is false where neither is there for some node.
func (g *Graph) eachAppearing(f func(i, j int, w float32)) (inOrder bool) {
	inOrder = true
	before, waits := -1, false // the node with edges before j, and whether it has yet to appear
	for j := range g.Nodes {
		from, row := int(g.RowPtr[j]), g.Col[g.RowPtr[j]:g.RowPtr[j+1]]
		if len(row) == 0 {
			continue
		}
		first := -1
		if waits {
			first = slices.Index(row, int32(before))
			inOrder = inOrder && first >= 0
		}
		if first >= 0 {
			f(before, j, g.weightAt(from+first))
		}
		waits = true
		for p, i := range row {
			if int(i) > j {
				continue
			}
			waits = false
			if p != first {
				f(int(i), j, g.weightAt(from+p))
			}
		}
		before = j
	}
	return inOrder
}

// weightAt is the weight of the p-th entry of the rows.
func (g *Graph) weightAt(p int) float32 {
	if g.Weights == nil {
		return 1
	}
	return g.Weights[p]
}

// listed is the order in which lists of edges are written: by the first end
// where nodes are numbers, which readers put in order.
func (g *Graph) listed(names []string) func(f func(i, j int, w float32)) {
	if names == nil {
		return g.eachEdge
	}
	return func(f func(i, j int, w float32)) { g.eachAppearing(f) }
}

// orderKept tells whether a reader of g's edges alone numbers the nodes
// as g does: names that are all whole numbers by these, others as they appear.
func (g *Graph) orderKept() bool {
	if !g.named() {
		return true
	}
	last, rising := int64(-1), true
	for i, s := range g.Names {
		if g.RowPtr[i] == g.RowPtr[i+1] {
			continue
		}
		n, ok := parseIndex(s)
		if !ok {
			return g.eachAppearing(func(int, int, float32) {})
		}
		rising = rising && n > last
		last = n
	}
	return rising
}

// whyListed says why the nodes are listed before the edges: these alone give a
// reader not all of them, or not their order. It is empty where they do.
func (g *Graph) whyListed() []string {
	if n := g.isolated(); n > 0 {
		return []string{fmt.Sprintf("nodes listed before the edges: %s without an edge", some(n, "node"))}
	}
	if !g.orderKept() {
		return []string{"nodes listed before the edges: no order of these gives that of the nodes"}
	}
	return nil
}
