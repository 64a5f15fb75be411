package losses

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// LinkOptions are the variants of LinkPrediction.
type LinkOptions struct {
	// WholeBatch takes one norm over all graphs instead of one a graph and
	// their mean, as PyG does. Default: a norm a graph.
	WholeBatch bool
	// PerEntry divides by the number of entries of A: N² of each graph, padding
	// included, or B·N² with WholeBatch, as PyG does with normalize; in disjoint
	// mode the square of each graph's number of nodes, or their sum. Default: no
	// division.
	PerEntry bool
}

// LinkPrediction is how far the clusters are from the links:
//
//	L = ‖A − SSᵀ‖_F = √( ‖A‖_F² − 2 Tr(SᵀAS) + ‖SᵀS‖_F² )
//
// computed by the right-hand side, so that no N×N matrix is formed.
//
// Shapes: S rows×K; the result is a scalar, at least 0.
// Gradient: to S, and to the weights of A; 0 where the loss is 0.
// Source: Ying et al., Hierarchical Graph Representation Learning with
// Differentiable Pooling, NeurIPS 2018, arXiv 1806.08804, section 3.3.
func LinkPrediction(s *G.Node, g modes.Graph, o LinkOptions) (*G.Node, error) {
	n, err := link(s, g, o)
	return wrap(NameLink, n, err)
}

func link(s *G.Node, g modes.Graph, o LinkOptions) (*G.Node, error) {
	a, err := newAssignment(s, g, true)
	if err != nil {
		return nil, err
	}
	square, err := a.linkSquare()
	if err != nil {
		return nil, err
	}
	if o.WholeBatch {
		if square, err = ops.Sum(square); err != nil {
			return nil, err
		}
	}
	dist, err := ops.Sqrt(square)
	if err != nil {
		return nil, err
	}
	if o.PerEntry {
		if dist, err = a.perEntry(dist, o.WholeBatch); err != nil {
			return nil, err
		}
	}
	if o.WholeBatch {
		return dist, nil
	}
	return a.mean(dist)
}

// perEntry divides by the number of entries of each graph's A, or of all; 0
// where there are none.
func (a *assignment) perEntry(dist *G.Node, all bool) (*G.Node, error) {
	n, err := a.padded()
	if err != nil {
		return nil, err
	}
	if n, err = ops.Hadamard(n, n); err != nil {
		return nil, err
	}
	if all {
		if n, err = ops.Sum(n); err != nil {
			return nil, err
		}
	}
	return ops.Divide(dist, n)
}

// linkSquare is ‖A − SSᵀ‖_F² of each graph.
func (a *assignment) linkSquare() (*G.Node, error) {
	square, err := a.perGraph(a.g.A.SquareSum(a.s))
	if err != nil {
		return nil, err
	}
	trace, err := a.wholeTrace()
	if err != nil {
		return nil, err
	}
	if trace, err = ops.Affine(trace, -2, 0); err != nil {
		return nil, err
	}
	gram, err := ops.Gram(a.s, a.seg)
	if err != nil {
		return nil, err
	}
	if gram, err = ops.Reshape(gram, a.g.Graphs, a.k*a.k); err != nil {
		return nil, err
	}
	if gram, err = ops.RowDot(gram, gram); err != nil {
		return nil, err
	}
	if square, err = G.Add(square, trace); err != nil {
		return nil, err
	}
	return G.Add(square, gram)
}
