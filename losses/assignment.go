package losses

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// assignment is S and its graph, with the parts that several losses are made
// of. Gorgonia merges equal expressions: a product that two losses name is
// computed once. Its methods are parts of formulas, to be called inside build.
type assignment struct {
	s   *G.Node
	g   modes.Graph
	seg ops.Segments
	k   int
}

// newAssignment checks that S fits the graph.
func newAssignment(s *G.Node, g modes.Graph) (*assignment, error) {
	if s == nil {
		return nil, errors.New("the assignment is nil, want a node")
	}
	if s.Dims() < 2 {
		return nil, fmt.Errorf("the assignment has shape %v, want one row a node and one column a cluster", s.Shape())
	}
	if s.Shape().TotalSize() < 1 {
		return nil, fmt.Errorf("the assignment has shape %v, want at least 1 in every axis", s.Shape())
	}
	a := &assignment{s: s, g: g, seg: g.Segments(), k: s.Shape()[s.Dims()-1]}
	switch {
	case g.Graphs < 1:
		return nil, fmt.Errorf("there are %d graphs, want at least 1", g.Graphs)
	case !knownAdj(g.A):
		return nil, fmt.Errorf("the adjacency is a %T, want a modes.SparseAdj or a modes.DenseAdj", g.A)
	case g.IDs == nil && g.Graphs > 1:
		return nil, fmt.Errorf("%d graphs without ids, want the graph of each row", g.Graphs)
	case g.IDs != nil && g.IDs.Shape().TotalSize() != a.rows():
		return nil, fmt.Errorf("the assignment has %d rows and there are %d ids, want as many", a.rows(), g.IDs.Shape().TotalSize())
	}
	return a, nil
}

// knownAdj tells whether A is of a type that a graph has; a pointer to one,
// which may be nil, is not.
func knownAdj(a modes.Adj) bool {
	switch a.(type) {
	case nil, modes.SparseAdj, modes.DenseAdj:
		return true
	}
	return false
}

// newAssignmentWithA checks that S fits the graph, and the graph's A as well.
func newAssignmentWithA(s *G.Node, g modes.Graph) (*assignment, error) {
	a, err := newAssignment(s, g)
	switch {
	case err != nil:
		return nil, err
	case g.A == nil:
		return nil, errors.New("the graph has no adjacency, want A")
	case g.A.Rows() != a.rows():
		return nil, fmt.Errorf("the assignment has %d rows and A %d, want as many", a.rows(), g.A.Rows())
	}
	return a, nil
}

// clusters is K.
func (a *assignment) clusters() int { return a.k }

// graphs is the number of graphs.
func (a *assignment) graphs() int { return a.g.Graphs }

// rows is the number of rows of S.
func (a *assignment) rows() int { return a.s.Shape().TotalSize() / a.k }

// counts is the number of nodes of each graph.
func (a *assignment) counts() *G.Node {
	return must(ops.SegmentCount(a.seg, a.s, a.rows()))
}

// perGraph is the sum over each graph of a vector with one element per row.
func (a *assignment) perGraph(v *G.Node) *G.Node { return must(ops.SegmentSum(v, a.seg)) }

// mean is the mean over the graphs that have nodes of a vector with one
// element per graph.
func (a *assignment) mean(v *G.Node) *G.Node { return must(ops.MeanWhere(v, a.counts())) }

// result is a scalar in the dtype of S, as it is.
func (a *assignment) result(v *G.Node) *G.Node { return v }

// trace is the diagonal of SᵀAS of each graph, Graphs×K.
func (a *assignment) trace() *G.Node { return must(a.g.A.QuadForm(a.s, a.seg)) }

// wholeTrace is Tr(SᵀAS) of each graph, a vector of Graphs.
func (a *assignment) wholeTrace() *G.Node { return must(ops.RowSum(a.trace())) }

// volumes is Sᵀd of each graph, Graphs×K.
func (a *assignment) volumes() *G.Node { return must(ops.MatrixRow(a.volumesAndSizes(), 0)) }

// sizes is Σ_i S_i of each graph, Graphs×K.
func (a *assignment) sizes() *G.Node {
	if a.g.A == nil {
		return must(ops.SegmentSum(a.s, a.seg))
	}
	return must(ops.MatrixRow(a.volumesAndSizes(), 1))
}

// links is ‖A‖_F² of each graph.
func (a *assignment) links() *G.Node { return a.perGraph(must(a.g.A.SquareSum(a.s))) }

// squares is the diagonal of SᵀS of each graph, Graphs×K.
func (a *assignment) squares() *G.Node { return must(ops.ColDot(a.s, a.s, a.seg)) }

// gram is SᵀS of each graph, Graphs×K×K.
func (a *assignment) gram() *G.Node { return must(ops.Gram(a.s, a.seg)) }

// spread is Σ_i d_i ‖S_i‖² of each graph.
func (a *assignment) spread() *G.Node {
	d := must(a.g.A.Degree(a.s))
	return a.perGraph(must(ops.Hadamard(must(ops.RowSquares(a.s)), d)))
}

// volumesAndSizes is [d 1]ᵀS of each graph, Graphs×2×K: both in one pass over
// S, and in one pass for the gradient.
func (a *assignment) volumesAndSizes() *G.Node {
	d := must(a.g.A.Degree(a.s))
	d1 := must(ops.Columns(d, a.ones()))
	if s := a.s.Shape(); s.Dims() == 3 {
		d1 = must(ops.Reshape(d1, s[0], s[1], 2))
	}
	return must(ops.TransMul(d1, a.s, a.seg))
}

// ones is a vector of 1 for each row.
func (a *assignment) ones() *G.Node { return must(ops.Full(a.s, 1, a.rows())) }
