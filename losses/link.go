package losses

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NameLink is the name of LinkPrediction.
const NameLink = "link"

// LinkOptions are the variants of LinkPrediction.
type LinkOptions struct {
	// WholeBatch takes one norm over all graphs, as PyG does. Default: one norm
	// per graph, and their mean.
	WholeBatch bool
	// PerEntry divides by the number of entries of A, as PyG does with
	// normalize: N² of each graph, padding included, or B·N² with WholeBatch. In
	// disjoint mode it is the square of each graph's number of nodes, or the sum
	// of the squares. Default: no division.
	PerEntry bool
	// PerPair divides by the number of pairs of nodes, n² of each graph, or
	// Σ n² with WholeBatch: as PerEntry, but padding changes nothing. PerEntry
	// comes before it. Default: no division.
	PerPair bool
}

// LinkPrediction is how far the clusters are from the links:
//
//	L = ‖A − SSᵀ‖_F = √( ‖A‖_F² − 2 Tr(SᵀAS) + ‖SᵀS‖_F² )
//
// It is computed by the right-hand side, so no N×N matrix is formed.
// Range: [0, ∞); 0 where A = SSᵀ.
//
// Shapes: S rows×K; the result is a scalar.
// Gradient: to S, and to the weights of A; 0 where the loss is 0.
// Source: Ying et al., Hierarchical Graph Representation Learning with
// Differentiable Pooling, NeurIPS 2018, arXiv 1806.08804, section 3.3.
func LinkPrediction(s *G.Node, g modes.Graph, o LinkOptions) (*G.Node, error) {
	return build(NameLink, func() *G.Node {
		return linkPrediction(must(newAssignmentWithA(s, g)).sums(ofAll), o)
	})
}

func linkPrediction(a sums, o LinkOptions) *G.Node {
	if o.WholeBatch {
		return a.result(perEntry(a, must(ops.Sqrt(must(ops.Sum(linkSquares(a))))), o))
	}
	return a.mean(perEntry(a, must(ops.Sqrt(linkSquares(a))), o))
}

// linkSquares is ‖A − SSᵀ‖_F² of each graph.
func linkSquares(a sums) *G.Node {
	links := a.links()
	inside := must(ops.Affine(must(ops.RowSum(a.trace())), -2, 0))
	gram := must(ops.Reshape(a.gram(), a.graphs(), a.clusters()*a.clusters()))
	clusters := must(ops.RowDot(gram, gram))
	return must(G.Add(must(G.Add(links, inside)), clusters))
}

// perEntry divides norms by the number of entries that each one is over, where
// the options ask for it; 0 where there are none.
func perEntry(a sums, norms *G.Node, o LinkOptions) *G.Node {
	var n *G.Node
	switch {
	case o.PerEntry:
		n = a.padded()
	case o.PerPair:
		n = a.counts()
	default:
		return norms
	}
	entries := must(ops.Hadamard(n, n))
	if o.WholeBatch {
		entries = must(ops.Sum(entries))
	}
	return must(ops.Divide(norms, entries))
}
