package modes

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// TotalVariation implements Adj.
func (a SparseAdj) TotalVariation(s *G.Node) (*G.Node, error) {
	if f := (Features{Dense: s}); s == nil || f.Rows() != a.Rows() {
		return nil, fmt.Errorf("modes: total variation: %s, want one of %d rows, those of A", described(s), a.Rows())
	}
	return build(func() *G.Node {
		m := a.perSignal(s.Graph()).Sparse
		if s.Dims() == 3 {
			s = must(ops.Reshape(s, a.Rows(), s.Shape()[2]))
		}
		gaps := must(ops.EdgeL1(m, s))
		if m.Weights != nil {
			gaps = must(ops.Hadamard(gaps, m.Weights))
		}
		m.Weights, m.Symmetric = gaps, false
		return must(ops.RowSums(m, gaps))
	})
}

// perSignal is a with the edges of a shared graph once for each signal, as
// blocks of one matrix.
func (a SparseAdj) perSignal(g *G.ExprGraph) SparseAdj {
	if a.Copies == 0 {
		return a
	}
	return must(a.Induce(Subset{Index: allRows(g, a.Rows()), Graphs: a.Copies})).(SparseAdj)
}

// TotalVariation implements Adj.
func (a DenseAdj) TotalVariation(s *G.Node) (*G.Node, error) {
	return build(func() *G.Node {
		gaps, m := must(ops.PairL1(s)), a.Node
		if gaps.Dims() == 3 && m != nil && m.Dims() == 2 { // one matrix for all signals
			m = a.repeated()
		}
		return DenseAdj{Node: m}.perRow(must(ops.RowSum(must(ops.Hadamard(m, gaps)))))
	})
}
