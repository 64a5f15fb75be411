package losses

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NameMaxCut is the name of MaxCut.
const NameMaxCut = "max_cut"

// MaxCut is how much scores agree across edges, the relaxed maximum cut loss:
//
//	L = Σ_ij a_ij z_i·z_j / Σ_ij a_ij
//
// Self loops count. It is minimised.
//
// Range: [−1, 1] for scores in [−1, 1], one a node, and A without negative
// weights; −1 where the two nodes of every edge have the scores 1 and −1. A graph
// without edges scores 0.
//
// Shapes: z rows×1, or rows×K; the result is a scalar.
// Gradient: to z, and to the weights of A.
// Source: Abate, Bianchi, MaxCutPool: differentiable feature-aware Maxcut for
// pooling in graph neural networks, ICLR 2025, arXiv 2409.05100.
func MaxCut(z *G.Node, g modes.Graph) (*G.Node, error) {
	return build(NameMaxCut, func() *G.Node {
		a := must(newAssignmentWithA(z, g))
		all := a.perGraph(must(g.A.Degree(z)))
		return a.mean(must(ops.Divide(a.wholeTrace(), all)))
	})
}
