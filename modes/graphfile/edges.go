package graphfile

import (
	"fmt"
	"math"
)

// edges gathers the edges of a file between nodes that are numbered.
type edges struct {
	src, dst []int32

	// w is nil until an edge has a weight; the edges before it weigh 1.
	w          []float32
	weightless int // edges without a weight, where others have one

	directed int // edges with a direction

	// matrix says that both directions of an edge are expected in the file.
	matrix bool
}

// maxEdges is how many edges are read.
const maxEdges = math.MaxInt32 / 2

// add takes the edge from i to j. An edge without a direction is kept with its
// smaller node first, so that those of the same two nodes are parallel.
func (e *edges) add(i, j int32, directed bool) error {
	if len(e.src) == maxEdges {
		return fmt.Errorf("more than %d edges", maxEdges)
	}
	if directed {
		e.directed++
	} else if i > j {
		i, j = j, i
	}
	e.src, e.dst = append(e.src, i), append(e.dst, j)
	if e.w != nil {
		e.w = append(e.w, 1)
	}
	e.weightless++
	return nil
}

// weigh gives the edge added last its weight.
func (e *edges) weigh(w float32) {
	if e.w == nil {
		e.w = make([]float32, len(e.src), cap(e.src))
		for i := range e.w {
			e.w[i] = 1
		}
	}
	e.w[len(e.w)-1] = w
	e.weightless--
}

// graph makes the undirected graph of the edges, by the rules of the package
// comment.
func (e *edges) graph(nodes int) (*Graph, error) {
	if nodes == 0 {
		return nil, fmt.Errorf("a graph of 0 nodes, want at least 1")
	}
	u, c, err := undirected(fromList(nodes, e.src, e.dst, e.w))
	if err != nil {
		return nil, err
	}
	g := &Graph{Nodes: nodes, RowPtr: u.ptr, Col: u.col, Weights: u.val, Directed: e.directed > 0}
	if e.w != nil {
		g.Changes = say(g.Changes, e.weightless, "edge without a weight taken as 1", "edges without a weight taken as 1")
	}
	if e.matrix {
		g.Directed = g.Directed && c.oneWay+c.averaged > 0
	}
	if e.directed < len(e.src) {
		c.oneWay = e.directed // some edges had no direction
	}
	g.Changes = append(g.Changes, c.edges(g.Directed, e.matrix)...)
	return g, nil
}

// edges says the changes of edges with or without a direction; those of a
// matrix are expected in both.
func (c changes) edges(directed, matrix bool) []string {
	out := c.common("edge", "edges")
	if !directed {
		return out
	}
	out = say(out, c.oneWay, "directed edge made undirected", "directed edges made undirected")
	if matrix {
		return out
	}
	return say(out, c.twoWay-c.averaged, "edge given in both directions counted once", "edges given in both directions counted once")
}

// believed errs where a file declares more nodes than its entries back: a few
// bytes must not ask for gigabytes.
func believed(what string, nodes, entries int) error {
	if most := max(1_000_000, 64*entries); nodes > most {
		return fmt.Errorf("%s = %d, want at most %d: 64 for each of the %d entries in the file", what, nodes, most, entries)
	}
	return nil
}
