package modes

import (
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// TotalVariation implements Adj.
func (a SparseAdj) TotalVariation(s *G.Node) (*G.Node, error) {
	if a.Copies > 0 { // the same edges once for each signal
		each, err := a.Induce(Subset{Index: everyRow(s, a.Rows()), Graphs: a.Copies})
		if err != nil {
			return nil, err
		}
		a = each.(SparseAdj)
	}
	m := a.Sparse
	if s.Dims() == 3 {
		var err error
		if s, err = ops.Reshape(s, a.Rows(), s.Shape()[2]); err != nil {
			return nil, err
		}
	}
	gaps, err := ops.EdgeL1(m, s)
	if err != nil {
		return nil, err
	}
	if m.Weights != nil {
		if gaps, err = ops.Hadamard(gaps, m.Weights); err != nil {
			return nil, err
		}
	}
	m.Weights, m.Symmetric = gaps, false
	return ops.RowSums(m, gaps)
}

// everyRow is the indices of n rows, in order, in the graph of s.
func everyRow(s *G.Node, n int) *G.Node {
	idx := make([]int, n)
	for i := range idx {
		idx[i] = i
	}
	return G.NewConstant(tensor.New(tensor.WithShape(n), tensor.WithBacking(idx)), G.In(s.Graph()))
}

// TotalVariation implements Adj.
func (a DenseAdj) TotalVariation(s *G.Node) (*G.Node, error) {
	gaps, err := ops.PairL1(s)
	if err != nil {
		return nil, err
	}
	node := a.Node
	if n := s.Shape()[s.Dims()-2]; gaps.Dims() == 3 && node.Dims() == 2 { // one for all signals
		if node, err = ops.Tile(node, a.Copies); err != nil {
			return nil, err
		}
		if node, err = ops.Reshape(node, a.Copies, n, n); err != nil {
			return nil, err
		}
	}
	return DenseAdj{Node: node}.rows(ops.Hadamard(node, gaps))
}
