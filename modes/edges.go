package modes

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// Edges is the edges of all graphs one by one, for layers that weigh each of
// them: a sparse matrix of all rows of X, the graphs and the signals as blocks
// of it, with one entry a place. In a dense adjacency, and in one of dense
// blocks, the entries other than 0 are edges; in a sparse one all that are
// stored, those of weight 0 too.
//
// A sparse adjacency takes memory for its entries alone, a dense one for as
// many as it has elements.
//
// Gradient: to A's weights, 0 to an element of a dense A that is 0.
// Errors: those of CheckA.
func (g Graph) Edges() (ops.Sparse, error) {
	m, err := build(func() ops.Sparse {
		ensure(g.CheckA())
		return edgesOf(g.A)
	})
	if err != nil {
		return ops.Sparse{}, fmt.Errorf("modes: edges: %w", err)
	}
	return m, nil
}

func edgesOf(a Adj) ops.Sparse {
	var m SparseAdj
	switch a := a.(type) {
	case DenseAdj:
		m = a.entries()
	case SparseAdj:
		ensure(a.check())
		m = a.perSignal(a.Pattern.Graph())
	}
	return must(ops.Merged(m.Sparse, m.Blocks))
}

// AttributedEdges is the edges with their attributes E, a row an edge. Unlike
// in Edges, parallel edges stay apart, since each has attributes of its own.
//
// Errors: those of CheckA; a graph without E; E of another size than A has
// room for.
func (g Graph) AttributedEdges() (ops.Sparse, *G.Node, error) {
	type edges struct {
		m ops.Sparse
		e *G.Node
	}
	out, err := build(func() edges {
		ensure(g.CheckA())
		a, sparse := g.A.(SparseAdj)
		switch {
		case g.E == nil:
			ensure(errors.New("the graph has no edge attributes, want E"))
		case !sparse:
			ensure(errors.New("edge attributes beside a dense adjacency, want a sparse one"))
		case g.E.Dims() != 2 || g.E.Shape()[0] != a.Capacity:
			ensure(fmt.Errorf("edge attributes of shape %v, want %d rows, one for each entry that A has room for", g.E.Shape(), a.Capacity))
		case a.Copies == 0:
			return edges{a.Sparse, g.E}
		}
		m := a.perSignal(a.Pattern.Graph()).Sparse
		return edges{m, must(ops.GatherEdges(m, g.E))}
	})
	if err != nil {
		return ops.Sparse{}, nil, fmt.Errorf("modes: edges: %w", err)
	}
	return out.m, out.e, nil
}

// entries is a's elements as a sparse matrix of dense blocks.
func (a DenseAdj) entries() SparseAdj {
	ensure(a.check())
	m := a.Node
	switch {
	case a.Copies > 0:
		m = a.repeated()
	case m.Dims() == 2:
		n := m.Shape()[0]
		m = must(ops.Reshape(m, 1, n, n))
	}
	return must(NewBlocks(m)).(SparseAdj)
}

// WithoutLoops implements Adj.
func (a SparseAdj) WithoutLoops() (Adj, error) {
	m, err := ops.WithoutLoops(a.Sparse)
	return SparseAdj{Sparse: m, Copies: a.Copies, Blocks: a.Blocks}, err
}

// WithoutLoops implements Adj.
func (a DenseAdj) WithoutLoops() (Adj, error) {
	m, err := ops.ZeroDiagonal(a.Node)
	return DenseAdj{Node: m, Copies: a.Copies}, err
}
