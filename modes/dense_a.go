package modes

import (
	"errors"
	"fmt"

	"github.com/graphpool/graphpool/ops"
)

// DenseA is g with a dense adjacency: N×N in single and mixed mode, B×N×N in
// batch mode. In disjoint mode it would be of (ΣN)² elements and is refused;
// ToBatch comes first there. Attributes of edges are dropped.
//
// Gradient: to A's weights.
func (g Graph) DenseA() (Graph, error) {
	a, ok := g.A.(SparseAdj)
	if !ok {
		return g, nil
	}
	out, err := build(func() DenseAdj {
		m := g.withWeights(a.Sparse)
		switch g.Mode {
		case Disjoint:
			ensure(errors.New("disjoint mode, want another; ToBatch gives batch mode"))
		case Batch:
			return DenseAdj{Node: must(ops.DensifyBlocks(m, g.Graphs)), Copies: a.Copies}
		}
		return DenseAdj{Node: must(ops.Densify(m)), Copies: a.Copies}
	})
	if err != nil {
		return Graph{}, fmt.Errorf("modes: dense adjacency: %w", err)
	}
	g.A, g.E = out, nil
	return g, nil
}

// withWeights is m with weights of 1 where it has none.
func (g Graph) withWeights(m ops.Sparse) ops.Sparse {
	if m.Weights == nil {
		m.Weights = must(ops.Full(must(g.X.like()), 1, m.Capacity))
	}
	return m
}
