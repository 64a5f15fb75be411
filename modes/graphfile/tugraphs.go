package graphfile

import (
	"fmt"
	"slices"
)

// tuNodes says where the nodes of each graph lie among all: from first[g] up
// to first[g+1].
type tuNodes struct {
	first []int32
	of    []int32 // the graph of each node
}

func (n tuNodes) graphs() int { return len(n.first) - 1 }
func (n tuNodes) count() int  { return len(n.of) }

// nodes reads which node is of which of so many graphs. A graph that no node is
// of is empty.
func (f *tuFiles) nodes(graphs int, counted string) (tuNodes, error) {
	const kind = "graph_indicator"
	t, err := f.ints(kind, 1, -1, "the graph of each node")
	if err != nil {
		return tuNodes{}, err
	}
	n := tuNodes{of: make([]int32, t.rows), first: make([]int32, 0, graphs+1)}
	last := 0
	for i, g := range t.v {
		switch {
		case g > graphs:
			return n, f.failf(kind, i, "graph %d, want at most %d, as many as %s has lines", g, graphs, counted)
		case g < last || g < 1:
			return n, f.failf(kind, i, "graph %d after graph %d, want numbers from 1 on that do not fall", g, last)
		}
		for len(n.first) < g {
			n.first = append(n.first, int32(i))
		}
		n.of[i], last = int32(g-1), g
	}
	for len(n.first) <= graphs {
		n.first = append(n.first, int32(t.rows))
	}
	return n, nil
}

// empty counts the graphs without nodes.
func (n tuNodes) empty() int {
	c := 0
	for g := range n.graphs() {
		if n.first[g] == n.first[g+1] {
			c++
		}
	}
	return c
}

// tuEntries is the entries of A, the nodes of each counted within its graph,
// and those of each graph, in the file's order.
type tuEntries struct {
	src, dst []int32
	by       [][]int32
}

// entries reads A.
func (f *tuFiles) entries(n tuNodes) (tuEntries, error) {
	t, err := f.ints("A", 2, -1, "an entry i, j a line")
	if err != nil {
		return tuEntries{}, err
	}
	e := tuEntries{src: make([]int32, t.rows), dst: make([]int32, t.rows), by: make([][]int32, n.graphs())}
	for k := range t.rows {
		i, j := t.row(k)[0], t.row(k)[1]
		if v := max(i, j); v > n.count() || min(i, j) < 1 {
			if i < 1 || i > n.count() {
				v = i
			} else {
				v = j
			}
			return e, f.failf("A", k, "node %d, want 1 to %d, as many as %s_graph_indicator.txt has lines", v, n.count(), f.name)
		}
		g := n.of[i-1]
		if h := n.of[j-1]; h != g {
			return e, f.failf("A", k, "an edge from node %d of graph %d to node %d of graph %d, want both of one graph", i, g+1, j, h+1)
		}
		e.src[k], e.dst[k] = int32(i-1)-n.first[g], int32(j-1)-n.first[g]
		e.by[g] = append(e.by[g], int32(k))
	}
	return e, nil
}

// build makes the graphs.
func (s *TUSet) build(from string, n tuNodes, all tuEntries, x, e tuFeatures) error {
	var total changes
	var ofNodes, ofEdges tuParts
	for g := range n.graphs() {
		nodes := int(n.first[g+1] - n.first[g])
		u, c, err := undirected(fromList(nodes, at(all.src, all.by[g]), at(all.dst, all.by[g]), nil))
		if err != nil {
			return fmt.Errorf("%s: graph %d: %w", from, g+1, err)
		}
		total.add(c)
		s.Graphs = append(s.Graphs, &Graph{Nodes: nodes, RowPtr: u.ptr, Col: u.col})
		rows := make([][]int32, nodes)
		for i := range rows {
			rows[i] = []int32{n.first[g] + int32(i)}
		}
		ofNodes = append(ofNodes, rows)
		if e.cols > 0 {
			ofEdges = append(ofEdges, places(u, all, all.by[g]))
		}
	}
	s.Changes = append(s.Changes, total.matrix()...)
	s.Changes = say(s.Changes, n.empty(), "graph without nodes kept, empty", "graphs without nodes kept, empty")
	features, err := ofNodes.of(x, "features")
	if err != nil {
		return fmt.Errorf("%s: nodes: %w", from, err)
	}
	for g, f := range features {
		s.Graphs[g].Features = f
	}
	if s.EdgeFeatures, err = ofEdges.of(e, "features"); err != nil {
		return fmt.Errorf("%s: edges: %w", from, err)
	}
	return nil
}

// places is, for every entry of u, the entries of the file that gave it, in
// either direction.
func places(u csr, all tuEntries, entries []int32) [][]int32 {
	out := make([][]int32, len(u.col))
	for _, k := range entries {
		i, j := all.src[k], all.dst[k]
		if i == j {
			continue // a self loop
		}
		for range 2 {
			p, _ := slices.BinarySearch(u.col[u.ptr[i]:u.ptr[i+1]], j)
			p += int(u.ptr[i])
			out[p] = append(out[p], k)
			i, j = j, i
		}
	}
	return out
}

// at is the elements of x at the positions of.
func at(x, of []int32) []int32 {
	out := make([]int32, len(of))
	for i, k := range of {
		out[i] = x[k]
	}
	return out
}

// add counts the changes of one more graph.
func (c *changes) add(d changes) {
	c.weighted = c.weighted || d.weighted
	c.loops += d.loops
	c.zeros += d.zeros
	c.duplicates += d.duplicates
	c.oneWay += d.oneWay
	c.twoWay += d.twoWay
	c.averaged += d.averaged
}
