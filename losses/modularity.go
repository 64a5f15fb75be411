package losses

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NameModularity is the name of Modularity.
const NameModularity = "modularity"

// Normalizer is what the modularity loss divides by.
type Normalizer int

const (
	// TwoM is 2m, the sum of the degrees: the definition.
	TwoM Normalizer = iota
	// TwiceStored is twice the number of stored entries of A, whatever their
	// weights; where A is dense, of entries that are not zero. Spektral and
	// google-research compute this. Both directions of an edge are stored, so on
	// a graph without weights it is 4m, and the null model gets half its weight.
	TwiceStored
)

// Modularity is the negative modularity of a soft assignment:
//
//	L = −Σ_c ( t_c/2m − (v_c/2m)² ),  t = diag(SᵀAS), v = Sᵀd
//
// This equals −Tr(SᵀBS)/2m with B = A − ddᵀ/2m. It is written so that all nodes
// in one cluster score exactly 0 on a graph without weights.
// Range: with TwoM, [−1, ½] for rows that sum to 1 and a symmetric A without
// negative weights. A graph without edges scores 0.
//
// Shapes: S rows×K; the result is a scalar.
// Gradient: to S, and to the weights of A.
// Source: Tsitsulin, Palowitch, Perozzi, Müller, Graph Clustering with Graph
// Neural Networks, JMLR 24, 2023, arXiv 2006.16904, eq. 5; Newman, PNAS 103,
// 2006.
func Modularity(s *G.Node, g modes.Graph, by Normalizer) (*G.Node, error) {
	return build(NameModularity, func() *G.Node {
		return modularity(must(newAssignmentWithA(s, g)).sums(ofEdges), by)
	})
}

func modularity(a sums, by Normalizer) *G.Node {
	twoM := a.normalizer(by)
	inside := must(ops.Divide(a.trace(), twoM))
	share := must(ops.Divide(a.volumes(), twoM))
	expected := must(ops.Hadamard(share, share))
	return a.mean(must(ops.RowSum(must(G.Sub(expected, inside)))))
}

// normalizer is the divisor that by names, a vector with one element per graph.
func (a *assignment) normalizer(by Normalizer) *G.Node {
	switch by {
	case TwoM:
		return a.perGraph(must(a.g.A.Degree(a.s)))
	case TwiceStored:
		return must(ops.Affine(a.perGraph(must(a.g.A.Stored(a.s))), 2, 0))
	}
	return must[*G.Node](nil, errNormalizer(by))
}
