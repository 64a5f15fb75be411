package losses

import (
	"math"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NameOrthogonality is the name of Orthogonality.
const NameOrthogonality = "orthogonality"

// Orthogonality is how far the clusters are from orthogonal and of one size:
//
//	L = ‖ SᵀS/‖SᵀS‖_F − I_K/√K ‖_F
//
// Range: [0, √(2 − 2/√K)], since the trace of SᵀS is at least its norm; 0 for
// hard clusters of one size, the upper end for all nodes in one cluster.
//
// Shapes: S rows×K; the result is a scalar. The adjacency is not read.
// Gradient: to S; the gradient of a norm at 0 is taken as 0.
// Source: Bianchi et al., ICML 2020, arXiv 1907.00481, eq. 9.
func Orthogonality(s *G.Node, g modes.Graph) (*G.Node, error) {
	return build(NameOrthogonality, func() *G.Node {
		return orthogonality(must(newAssignment(s, g)).sums(ofGram))
	})
}

func orthogonality(a sums) *G.Node {
	gram := a.gram()
	unit := must(ops.Divide(gram, must(ops.Norm(gram, 1))))
	diff := must(ops.AddDiagonal(unit, -1/math.Sqrt(float64(a.clusters()))))
	return a.mean(must(ops.Norm(diff, 1)))
}
