package losses

import (
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// wholeSums is the sums of one graph whose A is sparse: all of one pass over S,
// in float64, and so are the formulas of them. Their result has the dtype of S.
type wholeSums struct {
	*assignment
	all      *G.Node // ops.ClusterSums
	withGram bool    // SᵀS is among them
}

// reads says what sums are made together.
type reads struct{ edges, gram bool }

// sums is what formulas read of an assignment.
func (a *assignment) sums(r reads) sums {
	if a.seg.IDs != nil || a.g.Graphs != 1 || a.s.Dims() != 2 {
		return a
	}
	m, ok := a.g.A.(modes.SparseAdj)
	switch {
	case !ok && (a.g.A != nil || r.edges):
		return a
	case m.Copies > 1:
		return a
	}
	var of *ops.Sparse
	if r.edges {
		of = &m.Sparse
	}
	return &wholeSums{a, must(ops.ClusterSums(a.s, of, r.gram)), r.gram}
}

// row is a row of the sums, 1×K.
func (w *wholeSums) row(i int) *G.Node { return must(ops.MatrixRow(w.all, i)) }

func (w *wholeSums) trace() *G.Node   { return w.row(ops.SumInside) }
func (w *wholeSums) volumes() *G.Node { return w.row(ops.SumVolumes) }
func (w *wholeSums) sizes() *G.Node   { return w.row(ops.SumSizes) }
func (w *wholeSums) squares() *G.Node { return w.row(ops.SumSquares) }
func (w *wholeSums) spread() *G.Node  { return must(ops.RowSum(w.row(ops.SumSpread))) }
func (w *wholeSums) links() *G.Node   { return wide(w.assignment.links()) }

// gram is SᵀS, 1×K×K.
func (w *wholeSums) gram() *G.Node {
	if !w.withGram {
		return wide(w.assignment.gram())
	}
	return must(ops.MatrixRows(w.all, ops.SumGram, w.k))
}

// counts is the number of nodes.
func (w *wholeSums) counts() *G.Node { return must(ops.Full(w.all, float64(w.rows()), 1)) }

// padded is counts: there is no padding.
func (w *wholeSums) padded() *G.Node { return w.counts() }

func (w *wholeSums) countBy(count Count) *G.Node { return wide(w.assignment.countBy(count)) }

func (w *wholeSums) normalizer(by Normalizer) *G.Node {
	if by != TwoM {
		return wide(w.assignment.normalizer(by))
	}
	twoM := must(ops.RowSum(w.row(ops.SumTwoM)))
	if w.g.A.(modes.SparseAdj).Weights == nil {
		return must(ops.Detach(twoM)) // a constant, to spare the nodes of a derivative of 0
	}
	return twoM
}

// mean is v, which has one element, in the dtype of S.
func (w *wholeSums) mean(v *G.Node) *G.Node { return w.result(must(ops.Sum(v))) }

// result is a scalar in the dtype of S.
func (w *wholeSums) result(v *G.Node) *G.Node { return must(ops.Convert(v, w.s.Dtype())) }

// wide is x in float64.
func wide(x *G.Node) *G.Node { return must(ops.Convert(x, tensor.Float64)) }
