package losses

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// The names of TotalVariation and AsymBalance.
const (
	NameTotalVariation = "total_variation"
	NameAsymBalance    = "asym_balance"
)

// TotalVariation is how much the assignments differ across edges:
//
//	L = Σ_ij a_ij Σ_c |S_ic − S_jc| / 2E
//
// with E the number of entries of A, stored ones where it is sparse.
// Range: at least 0, and at most 1 without weights: 0 for clusters that no
// edge joins. A graph without edges scores 0.
//
// Shapes: S rows×K; the result is a scalar.
// Gradient: to S, and to the weights of A; 0 where two values are equal.
// Source: Hansen, Bianchi, Total Variation Graph Neural Networks, ICML 2023,
// arXiv 2211.06218, eq. 8.
func TotalVariation(s *G.Node, g modes.Graph) (*G.Node, error) {
	n, err := totalVariation(s, g)
	return wrap(NameTotalVariation, n, err)
}

func totalVariation(s *G.Node, g modes.Graph) (*G.Node, error) {
	a, err := newAssignment(s, g, true)
	if err != nil {
		return nil, err
	}
	gaps, err := a.perGraph(g.A.TotalVariation(s))
	if err != nil {
		return nil, err
	}
	twice, err := a.normalizer(TwiceStored)
	if err != nil {
		return nil, err
	}
	loss, err := ops.Divide(gaps, twice)
	if err != nil {
		return nil, err
	}
	return a.mean(loss)
}

// AsymBalance is how unequal the clusters' sizes are, by an asymmetric norm:
//
//	L = 1 − Σ_c Σ_i ρ(S_ic − q_c) / (n(K−1)),  ρ(x) = (K−1)x for x ≥ 0, −x below
//
// with q_c the value that ⌊n/K⌋ of column c rank before, and n the number of
// nodes. One cluster scores 0.
// Range: [0, 1]: 0 for hard clusters of one size.
//
// Shapes: S rows×K; the result is a scalar. The adjacency is not read.
// Gradient: to S.
// Source: Hansen, Bianchi, ICML 2023, arXiv 2211.06218, eq. 9 and 10.
func AsymBalance(s *G.Node, g modes.Graph) (*G.Node, error) {
	n, err := asymBalance(s, g)
	return wrap(NameAsymBalance, n, err)
}

func asymBalance(s *G.Node, g modes.Graph) (*G.Node, error) {
	a, err := newAssignment(s, g, false)
	if err != nil {
		return nil, err
	}
	if a.k == 1 {
		none, err := ops.Sum(s)
		if err != nil {
			return nil, err
		}
		return ops.Affine(none, 0, 0)
	}
	quantiles, err := ops.SegmentQuantile(s, a.seg, a.k)
	if err != nil {
		return nil, err
	}
	away, err := a.away(quantiles)
	if err != nil {
		return nil, err
	}
	if away, err = ops.AsymAbs(away, float64(a.k-1)); err != nil {
		return nil, err
	}
	sums, err := ops.SegmentSum(away, a.seg)
	if err != nil {
		return nil, err
	}
	if sums, err = ops.RowSum(sums); err != nil {
		return nil, err
	}
	n, err := a.counts()
	if err != nil {
		return nil, err
	}
	share, err := ops.Divide(sums, n)
	if err != nil {
		return nil, err
	}
	loss, err := ops.Affine(share, -1/float64(a.k-1), 1)
	if err != nil {
		return nil, err
	}
	return a.mean(loss)
}

// away is S less the value of its graph in v, Graphs×K.
func (a *assignment) away(v *G.Node) (*G.Node, error) {
	each, err := ops.Spread(v, a.seg, a.rows())
	if err != nil {
		return nil, err
	}
	if each, err = ops.Reshape(each, a.s.Shape()...); err != nil {
		return nil, err
	}
	return G.Sub(a.s, each)
}
