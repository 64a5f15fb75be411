package modes

import (
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
	m, err := g.withWeights(a.Sparse)
	if err != nil {
		return Graph{}, fmt.Errorf("modes: dense adjacency: %w", err)
	}
	out := DenseAdj{Copies: a.Copies}
	switch {
	case g.Mode == Disjoint:
		return Graph{}, fmt.Errorf("modes: dense adjacency: disjoint mode, want another; ToBatch gives batch mode")
	case g.Mode == Batch:
		out.Node, err = ops.DensifyBlocks(m, g.Graphs)
	default:
		out.Node, err = ops.Densify(m)
	}
	if err != nil {
		return Graph{}, fmt.Errorf("modes: dense adjacency: %w", err)
	}
	g.A, g.E = out, nil
	return g, nil
}

// withWeights is m with weights of 1 where it has none.
func (g Graph) withWeights(m ops.Sparse) (ops.Sparse, error) {
	if m.Weights != nil {
		return m, nil
	}
	like, err := g.X.like()
	if err != nil {
		return m, err
	}
	m.Weights, err = ops.Full(like, 1, m.Capacity)
	return m, err
}
