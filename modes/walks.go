package modes

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// Triangles implements Adj, on A's own pattern.
func (a SparseAdj) Triangles(like *G.Node) (Adj, error) {
	m, err := ops.Triangles(a.Sparse, like)
	return SparseAdj{Sparse: m, Copies: a.Copies, Blocks: a.Blocks}, err
}

// Triangles implements Adj.
func (a DenseAdj) Triangles(*G.Node) (Adj, error) {
	return build(func() Adj {
		paths := must(ops.BatchMul(a.Node, a.Node, false, false))
		return DenseAdj{Node: must(ops.Hadamard(paths, a.Node)), Copies: a.Copies}
	})
}

// VisitRates implements Adj.
func (a SparseAdj) VisitRates(like *G.Node, seg ops.Segments, alpha float64) (*G.Node, error) {
	return build(func() *G.Node {
		if a.Copies > 0 {
			seg = ops.OneSegment()
		}
		return a.perSignalRow(must(ops.VisitRates(a.Sparse, like, seg, alpha)))
	})
}

// VisitRates implements Adj.
func (a DenseAdj) VisitRates(_ *G.Node, seg ops.Segments, alpha float64) (*G.Node, error) {
	return build(func() *G.Node {
		if a.Copies > 0 {
			seg = ops.OneSegment()
		}
		return a.perRow(must(ops.VisitRatesDense(a.Node, seg, alpha)))
	})
}

// Detached implements Adj.
func (a SparseAdj) Detached() (Adj, error) {
	if a.Weights == nil {
		return a, nil
	}
	var err error
	a.Weights, err = ops.Detach(a.Weights)
	return a, err
}

// Detached implements Adj.
func (a DenseAdj) Detached() (Adj, error) {
	var err error
	a.Node, err = ops.Detach(a.Node)
	return a, err
}

// EntrySoftplus implements Adj.
func (a SparseAdj) EntrySoftplus(u, v *G.Node) (*G.Node, error) {
	return build(func() *G.Node {
		ensure(checkRows(a, u))
		ensure(checkRows(a, v))
		m := must(a.perSignal(u.Graph()).ones())
		terms := must(ops.Softplus(must(ops.EdgeDot(m, flat(u), flat(v)))))
		if m.Weights != nil {
			terms = must(ops.Hadamard(terms, m.Weights))
		}
		m.Weights, m.Symmetric = terms, false
		return must(ops.RowSums(m, terms))
	})
}

// EntrySoftplus implements Adj.
func (a DenseAdj) EntrySoftplus(u, v *G.Node) (*G.Node, error) {
	return build(func() *G.Node {
		ensure(checkRows(a, u))
		ensure(checkRows(a, v))
		terms, m := must(ops.Softplus(must(ops.BatchMul(u, v, false, true)))), a.Node
		if terms.Dims() == 3 && m.Dims() == 2 { // one matrix for all signals
			m = a.repeated()
		}
		return DenseAdj{Node: m}.perRow(must(ops.RowSum(must(ops.Hadamard(must(ops.NonZero(m)), terms)))))
	})
}

// OtherSoftplus implements Adj.
func (a SparseAdj) OtherSoftplus(u, v *G.Node, seg ops.Segments, partners int, seed uint64) (*G.Node, error) {
	return build(func() *G.Node {
		ensure(checkRows(a, u))
		ensure(checkRows(a, v))
		m := a.perSignal(u.Graph()).Sparse
		if a.Blocks && a.Weights != nil { // places of weight 0 are none
			m = must(ops.Merged(m, true))
		}
		return must(ops.PairSoftplusExcept(u, v, m.Pattern, seg, partners, seed))
	})
}

// OtherSoftplus implements Adj.
func (a DenseAdj) OtherSoftplus(u, v *G.Node, seg ops.Segments, partners int, seed uint64) (*G.Node, error) {
	return build(func() *G.Node {
		ensure(checkRows(a, u))
		ensure(checkRows(a, v))
		return must(ops.PairSoftplusExcept(u, v, a.Node, seg, partners, seed))
	})
}

// flat is x, of rank 3 in batch and mixed mode, as a matrix of all rows.
func flat(x *G.Node) *G.Node {
	if s := x.Shape(); s.Dims() == 3 {
		return must(ops.Reshape(x, s[0]*s[1], s[2]))
	}
	return x
}
