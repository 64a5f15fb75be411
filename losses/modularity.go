package losses

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Normalizer is what the modularity loss divides by.
type Normalizer int

const (
	// TwoM is 2m, the sum of the degrees: the definition.
	TwoM Normalizer = iota
	// TwiceStored is twice the number of stored entries of A (of entries not
	// zero where A is dense), whatever their weights: what Spektral and
	// google-research compute. Both directions of an edge being stored, it
	// counts 2m twice, and gives the null model half its weight.
	TwiceStored
)

// Modularity is the negative modularity of a soft assignment:
//
//	L = −Σ_c ( t_c/2m − (v_c/2m)² ),  t = diag(SᵀAS), v = Sᵀd
//
// which is −Tr(SᵀBS)/2m with B = A − ddᵀ/2m, written so that all nodes in one
// cluster score exactly 0 on an unweighted graph.
//
// Range with TwoM: [−1, ½] for rows that sum to 1 and a symmetric A without
// negative weights. A graph without edges scores 0.
//
// Shapes: S rows×K; the result is a scalar.
// Gradient: to S, and to the weights of A.
// Source: Tsitsulin, Palowitch, Perozzi, Müller, Graph Clustering with Graph
// Neural Networks, JMLR 24, 2023, arXiv 2006.16904, eq. 5; Newman, PNAS 103,
// 2006.
func Modularity(s *G.Node, g modes.Graph, by Normalizer) (*G.Node, error) {
	n, err := modularity(s, g, by)
	return wrap(NameModularity, n, err)
}

func modularity(s *G.Node, g modes.Graph, by Normalizer) (*G.Node, error) {
	a, err := newAssignment(s, g, true)
	if err != nil {
		return nil, err
	}
	twoM, err := a.normalizer(by)
	if err != nil {
		return nil, err
	}
	trace, err := a.trace()
	if err != nil {
		return nil, err
	}
	inside, err := ops.Divide(trace, twoM)
	if err != nil {
		return nil, err
	}
	volume, err := a.volume()
	if err != nil {
		return nil, err
	}
	share, err := ops.Divide(volume, twoM)
	if err != nil {
		return nil, err
	}
	expected, err := ops.Hadamard(share, share)
	if err != nil {
		return nil, err
	}
	gain, err := G.Sub(expected, inside)
	if err != nil {
		return nil, err
	}
	if gain, err = ops.RowSum(gain); err != nil {
		return nil, err
	}
	return a.mean(gain)
}

// normalizer is what by names, a vector with an element a graph.
func (a *assignment) normalizer(by Normalizer) (*G.Node, error) {
	switch by {
	case TwoM:
		return a.perGraph(a.g.A.Degree(a.s))
	case TwiceStored:
		stored, err := a.perGraph(a.g.A.Stored(a.s))
		if err != nil {
			return nil, err
		}
		return ops.Affine(stored, 2, 0)
	}
	return nil, fmt.Errorf("Normalizer = %d, want TwoM or TwiceStored", by)
}
