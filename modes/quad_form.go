package modes

import (
	"errors"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// QuadForm implements Adj: for a matrix S, one operation whose gradient uses
// the product of its value again.
func (a SparseAdj) QuadForm(s *G.Node, seg ops.Segments) (*G.Node, error) {
	if a.Copies == 0 && (s == nil || s.Dims() == 2) {
		return ops.QuadForm(a.Sparse, s, seg)
	}
	return colDot(a, s, seg)
}

// QuadForm implements Adj.
func (a DenseAdj) QuadForm(s *G.Node, seg ops.Segments) (*G.Node, error) {
	return colDot(a, s, seg)
}

// colDot is Σ_i s_ic (A·s)_ic of each segment.
func colDot(a Adj, s *G.Node, seg ops.Segments) (*G.Node, error) {
	if s == nil {
		return nil, errors.New("modes: the quadratic form of a nil node")
	}
	as, err := a.Mul(s)
	if err != nil {
		return nil, err
	}
	return ops.ColDot(s, as, seg)
}
