package modes

import (
	"fmt"

	"github.com/graphpool/graphpool/ops"
)

// Flatten is g with its adjacency as one sparse matrix of all rows: blocks of
// the graphs of a batch, and in mixed mode one block for each signal. A sparse
// adjacency of one row for each of X's is taken as it is; a dense one has an
// entry for each element that is not 0. The attributes of edges go along.
//
// It errs as CheckA does, and for a dense adjacency of 2³¹ elements or more.
func (g Graph) Flatten() (Graph, error) {
	out, err := build(func() Graph {
		ensure(g.CheckA())
		return g.flatten()
	})
	if err != nil {
		return Graph{}, fmt.Errorf("modes: flatten: %w", err)
	}
	return out, nil
}

func (g Graph) flatten() Graph {
	var m ops.Sparse
	switch a := g.A.(type) {
	case DenseAdj:
		node := a.Node
		if a.Copies > 0 {
			node = a.repeated()
		}
		m = must(ops.FromDense(node))
	case SparseAdj:
		m = a.Sparse
		if a.Copies > 1 {
			m = must(ops.Repeat(m, a.Copies))
			g.E = must(g.InduceE(SparseAdj{Sparse: m}))
		}
		if a.Blocks && m.Weights != nil {
			m = must(ops.DropZeros(m))
			g.E = must(g.InduceE(SparseAdj{Sparse: m}))
		}
	}
	g.A = SparseAdj{Sparse: m}
	return g
}
