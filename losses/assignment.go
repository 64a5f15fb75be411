package losses

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// assignment is S with what several losses read of it and the graph. Gorgonia
// merges equal expressions, so a product that two losses name is computed
// once.
type assignment struct {
	s   *G.Node
	g   modes.Graph
	seg ops.Segments
	k   int
}

func newAssignment(s *G.Node, g modes.Graph, needA bool) (*assignment, error) {
	if s == nil {
		return nil, errors.New("the assignment is nil, want a node")
	}
	if s.Dims() < 2 {
		return nil, fmt.Errorf("the assignment has shape %v, want one row a node and one column a cluster", s.Shape())
	}
	k := s.Shape()[s.Dims()-1]
	rows := s.Shape().TotalSize() / k
	switch {
	case g.Graphs < 1:
		return nil, fmt.Errorf("there are %d graphs, want at least 1", g.Graphs)
	case g.IDs == nil && g.Graphs > 1:
		return nil, fmt.Errorf("%d graphs without ids, want the graph of each row", g.Graphs)
	case g.IDs != nil && g.IDs.Shape().TotalSize() != rows:
		return nil, fmt.Errorf("the assignment has %d rows and there are %d ids, want as many", rows, g.IDs.Shape().TotalSize())
	case needA && g.A == nil:
		return nil, errors.New("the graph has no adjacency, want A")
	case needA && g.A.Rows() != rows:
		return nil, fmt.Errorf("the assignment has %d rows and A %d, want as many", rows, g.A.Rows())
	}
	return &assignment{s: s, g: g, seg: g.Segments(), k: k}, nil
}

// rows is the number of rows of S.
func (a *assignment) rows() int { return a.s.Shape().TotalSize() / a.k }

// counts is the number of nodes of each graph.
func (a *assignment) counts() (*G.Node, error) {
	return ops.SegmentCount(a.seg, a.s, a.rows())
}

// trace is the diagonal of SᵀAS of each graph, Graphs×K.
func (a *assignment) trace() (*G.Node, error) {
	return a.g.A.QuadForm(a.s, a.seg)
}

// wholeTrace is Tr(SᵀAS) of each graph, a vector of Graphs.
func (a *assignment) wholeTrace() (*G.Node, error) {
	trace, err := a.trace()
	if err != nil {
		return nil, err
	}
	return ops.RowSum(trace)
}

// volume is Sᵀd of each graph, Graphs×K.
func (a *assignment) volume() (*G.Node, error) {
	sums, err := a.sums()
	if err != nil {
		return nil, err
	}
	return ops.MatrixRow(sums, 0)
}

// sizes is Σ_i S_i of each graph, Graphs×K.
func (a *assignment) sizes() (*G.Node, error) {
	if a.g.A == nil {
		return ops.SegmentSum(a.s, a.seg)
	}
	sums, err := a.sums()
	if err != nil {
		return nil, err
	}
	return ops.MatrixRow(sums, 1)
}

// sums is [d 1]ᵀS of each graph, Graphs×2×K: the volumes and the sizes of the
// clusters in one pass over S, and one in the gradient.
func (a *assignment) sums() (*G.Node, error) {
	d, err := a.g.A.Degree(a.s)
	if err != nil {
		return nil, err
	}
	ones, err := ops.Full(a.s, 1, a.rows())
	if err != nil {
		return nil, err
	}
	d1, err := ops.Columns(d, ones)
	if err != nil {
		return nil, err
	}
	if s := a.s.Shape(); s.Dims() == 3 {
		if d1, err = ops.Reshape(d1, s[0], s[1], 2); err != nil {
			return nil, err
		}
	}
	return ops.TransMul(d1, a.s, a.seg)
}

// padded is the number of rows of each graph, padding included. In disjoint
// mode no graph is padded to the size of another, and it is the number of its
// nodes.
func (a *assignment) padded() (*G.Node, error) {
	if a.g.Mode == modes.Disjoint {
		return a.counts()
	}
	return ops.Full(a.s, float64(a.rows()/a.g.Graphs), a.g.Graphs)
}

// perGraph adds up a vector with an element a row over each graph.
func (a *assignment) perGraph(v *G.Node, err error) (*G.Node, error) {
	if err != nil {
		return nil, err
	}
	return ops.SegmentSum(v, a.seg)
}

// mean is the mean of a vector with an element a graph over the graphs that
// have nodes.
func (a *assignment) mean(v *G.Node) (*G.Node, error) {
	n, err := a.counts()
	if err != nil {
		return nil, err
	}
	return ops.MeanWhere(v, n)
}

// wrap puts the loss before an error.
func wrap(loss string, n *G.Node, err error) (*G.Node, error) {
	if err != nil {
		return nil, fmt.Errorf("losses: %s: %w", loss, err)
	}
	return n, nil
}
