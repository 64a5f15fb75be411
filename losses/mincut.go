package losses

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NameCut is the name of MinCut.
const NameCut = "cut"

// MinCut is the relaxed minimum cut loss of an assignment:
//
//	L = −Tr(SᵀAS) / Σ_i d_i ‖S_i‖²
//
// Range: [−1, 0] for a symmetric A without negative weights; −1 where the two
// nodes of every edge have equal assignments. A graph without edges scores 0.
//
// Shapes: S rows×K; the result is a scalar.
// Gradient: to S, and to the weights of A.
// Source: Bianchi, Grattarola, Alippi, Spectral Clustering with Graph Neural
// Networks for Graph Pooling, ICML 2020, arXiv 1907.00481, eq. 9.
func MinCut(s *G.Node, g modes.Graph) (*G.Node, error) {
	return build(NameCut, func() *G.Node {
		return minCut(must(newAssignmentWithA(s, g)).sums(ofEdges))
	})
}

func minCut(a sums) *G.Node {
	inside := must(ops.RowSum(a.trace()))
	return a.mean(must(ops.Affine(must(ops.Divide(inside, a.spread())), -1, 0)))
}
