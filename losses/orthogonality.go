package losses

import (
	"math"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Orthogonality is how far the clusters are from orthogonal and of one size:
//
//	L = ‖ SᵀS/‖SᵀS‖_F − I_K/√K ‖_F
//
// Range: [0, √(2 − 2/√K)], since the trace of SᵀS is at least its norm; 0 for
// balanced hard clusters, the most for all nodes in one.
//
// Shapes: S rows×K; the result is a scalar. The adjacency is not read.
// Gradient: to S; that of a norm at 0 is taken as 0.
// Source: Bianchi et al., ICML 2020, arXiv 1907.00481, eq. 9.
func Orthogonality(s *G.Node, g modes.Graph) (*G.Node, error) {
	n, err := orthogonality(s, g)
	return wrap(NameOrthogonality, n, err)
}

func orthogonality(s *G.Node, g modes.Graph) (*G.Node, error) {
	a, err := newAssignment(s, g, false)
	if err != nil {
		return nil, err
	}
	gram, err := ops.Gram(s, a.seg)
	if err != nil {
		return nil, err
	}
	norm, err := ops.Norm(gram, 1)
	if err != nil {
		return nil, err
	}
	unit, err := ops.Divide(gram, norm)
	if err != nil {
		return nil, err
	}
	diff, err := ops.AddDiagonal(unit, -1/math.Sqrt(float64(a.k)))
	if err != nil {
		return nil, err
	}
	dist, err := ops.Norm(diff, 1)
	if err != nil {
		return nil, err
	}
	return a.mean(dist)
}
