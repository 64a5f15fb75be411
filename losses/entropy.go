package losses

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Entropy is the mean entropy of the assignments, in nats:
//
//	L = mean_i ( −Σ_c S_ic log(S_ic + ε) )
//
// over the nodes of each graph, then over the graphs; with count CountRows over
// all rows of all graphs at once, padding included, whose entropy is 0, as
// Spektral and PyG do in batch mode.
// Range: [0, log K] for rows that sum to 1 and ε = 0: 0 for hard assignments.
//
// Shapes: S rows×K, padding rows 0; the result is a scalar, 0 where there is
// no node. The adjacency is not read.
// Gradient: to S.
// Source: Ying et al., NeurIPS 2018, arXiv 1806.08804, section 3.3.
func Entropy(s *G.Node, g modes.Graph, eps float64, count Count) (*G.Node, error) {
	n, err := entropy(s, g, eps, count)
	return wrap(NameEntropy, n, err)
}

func entropy(s *G.Node, g modes.Graph, eps float64, count Count) (*G.Node, error) {
	a, err := newAssignment(s, g, false)
	if err != nil {
		return nil, err
	}
	terms, err := ops.NegXLogX(s, eps)
	if err != nil {
		return nil, err
	}
	rows, err := ops.RowSum(terms)
	if err != nil {
		return nil, err
	}
	if rows, err = ops.Reshape(rows, a.rows()); err != nil {
		return nil, err
	}
	if count == CountRows {
		ones, err := ops.Full(s, 1, a.rows())
		if err != nil {
			return nil, err
		}
		return ops.MeanWhere(rows, ones)
	}
	n, err := a.nodes(count)
	if err != nil {
		return nil, err
	}
	sum, err := a.perGraph(rows, nil)
	if err != nil {
		return nil, err
	}
	if sum, err = ops.Divide(sum, n); err != nil {
		return nil, err
	}
	return a.mean(sum)
}
