package losses

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NameAsymBalance is the name of AsymBalance.
const NameAsymBalance = "asym_balance"

// AsymBalance is how unequal the clusters' sizes are, by an asymmetric norm:
//
//	L = 1 − Σ_c Σ_i ρ(S_ic − q_c) / (n(K−1))
//	ρ(x) = (K−1)x for x ≥ 0, −x for x < 0
//
// q_c is a quantile of column c: sort the column from the largest value down,
// and q_c is the value at position ⌊n/K⌋, counted from 0. n is the number of
// nodes. One cluster scores 0.
// Range: [0, 1]; 0 for hard clusters of one size.
//
// Shapes: S rows×K; the result is a scalar. The adjacency is not read.
// Gradient: to S.
// Source: Hansen, Bianchi, Total Variation Graph Neural Networks, ICML 2023,
// arXiv 2211.06218, eq. 9 and 10.
func AsymBalance(s *G.Node, g modes.Graph) (*G.Node, error) {
	return build(NameAsymBalance, func() *G.Node {
		a := must(newAssignment(s, g))
		if a.k == 1 {
			return must(ops.Affine(must(ops.Sum(s)), 0, 0))
		}
		deviations := a.deviations(must(ops.SegmentQuantile(s, a.seg, a.k)))
		norms := must(ops.AsymAbs(deviations, float64(a.k-1)))
		sums := must(ops.RowSum(must(ops.SegmentSum(norms, a.seg))))
		share := must(ops.Divide(sums, a.counts()))
		return a.mean(must(ops.Affine(share, -1/float64(a.k-1), 1)))
	})
}

// deviations is S minus its graph's row of q, Graphs×K.
func (a *assignment) deviations(q *G.Node) *G.Node {
	each := must(ops.Spread(q, a.seg, a.rows()))
	return must(G.Sub(a.s, must(ops.Reshape(each, a.s.Shape()...))))
}
