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

// OverDistance implements Adj.
func (a SparseAdj) OverDistance(h *G.Node, eps float64) (Adj, error) {
	if err := checkDistance(a, h, eps); err != nil {
		return nil, err
	}
	return build(func() Adj {
		out := a.perSignal(h.Graph())
		if h.Dims() == 3 {
			h = must(ops.Reshape(h, a.Rows(), h.Shape()[2]))
		}
		gaps := atLeastEps(must(ops.EdgeL1(out.Sparse, h)), eps)
		w := out.Weights
		if w == nil {
			w = must(ops.Full(h, 1, gaps.Shape()...))
		}
		out.Weights, out.Symmetric = must(ops.Divide(w, gaps)), out.Symmetric || out.Weights == nil
		return out
	})
}

// OverDistance implements Adj.
func (a DenseAdj) OverDistance(h *G.Node, eps float64) (Adj, error) {
	if err := checkDistance(a, h, eps); err != nil {
		return nil, err
	}
	return build(func() Adj {
		ensure(a.check())
		m := a.Node
		if a.Copies > 0 {
			m = a.repeated()
		}
		return DenseAdj{Node: must(ops.Divide(m, atLeastEps(must(ops.PairL1(h)), eps)))}
	})
}

// Differences implements Adj.
func (a SparseAdj) Differences(x *G.Node) (*G.Node, error) {
	if err := checkRows(a, x); err != nil {
		return nil, err
	}
	return build(func() *G.Node {
		m := a.perSignal(x.Graph()).Sparse
		if m.Weights == nil {
			m.Weights = must(ops.Full(x, 1, m.Capacity))
		}
		if x.Dims() == 2 {
			return must(ops.EdgeDifferences(m, x))
		}
		rows := must(ops.Reshape(x, a.Rows(), x.Shape()[2]))
		return must(ops.Reshape(must(ops.EdgeDifferences(m, rows)), x.Shape()...))
	})
}

// Differences implements Adj.
func (a DenseAdj) Differences(x *G.Node) (*G.Node, error) {
	if err := checkRows(a, x); err != nil {
		return nil, err
	}
	m, err := build(func() SparseAdj { return a.entries() })
	if err != nil {
		return nil, err
	}
	return m.Differences(x)
}

// checkRows errs unless x is a node of A's rows.
func checkRows(a Adj, x *G.Node) error {
	if x == nil || x.Dims() < 2 || x.Dims() > 3 || a.Rows() < 1 || (Features{Dense: x}).Rows() != a.Rows() {
		return fmt.Errorf("modes: %s, want a matrix of %d rows, those of A", described(x), a.Rows())
	}
	return nil
}

func checkDistance(a Adj, h *G.Node, eps float64) error {
	if err := checkRows(a, h); err != nil {
		return err
	}
	if !(eps > 0) || eps-eps != 0 {
		return fmt.Errorf("modes: distance: ε = %v, want a number above 0", eps)
	}
	return nil
}

// atLeastEps is max(d, ε), with gradient 0 where that is ε.
func atLeastEps(d *G.Node, eps float64) *G.Node {
	over := must(ops.Activate(must(ops.Affine(d, 1, -eps)), ops.ReLU))
	return must(ops.Affine(over, 1, eps))
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
