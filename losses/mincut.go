package losses

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// MinCut is the relaxed minimum cut loss of an assignment:
//
//	L = −Tr(SᵀAS) / Σ_i d_i ‖S_i‖²
//
// Range: [−1, 0] for a symmetric A without negative weights, −1 where the ends
// of every edge have equal assignments. A graph without edges scores 0.
//
// Shapes: S rows×K; the result is a scalar.
// Gradient: to S, and to the weights of A.
// Source: Bianchi, Grattarola, Alippi, Spectral Clustering with Graph Neural
// Networks for Graph Pooling, ICML 2020, arXiv 1907.00481, eq. 9.
func MinCut(s *G.Node, g modes.Graph) (*G.Node, error) {
	n, err := minCut(s, g)
	return wrap(NameCut, n, err)
}

func minCut(s *G.Node, g modes.Graph) (*G.Node, error) {
	a, err := newAssignment(s, g, true)
	if err != nil {
		return nil, err
	}
	trace, err := a.wholeTrace()
	if err != nil {
		return nil, err
	}
	d, err := g.A.Degree(s)
	if err != nil {
		return nil, err
	}
	squares, err := ops.RowSquares(s)
	if err != nil {
		return nil, err
	}
	assoc, err := a.perGraph(ops.Hadamard(squares, d))
	if err != nil {
		return nil, err
	}
	cut, err := ops.Divide(trace, assoc)
	if err != nil {
		return nil, err
	}
	if cut, err = ops.Affine(cut, -1, 0); err != nil {
		return nil, err
	}
	return a.mean(cut)
}
