package losses

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NameTotalVariation is the name of TotalVariation.
const NameTotalVariation = "total_variation"

// TotalVariation is how much the assignments differ across edges:
//
//	L = Σ_ij a_ij Σ_c |S_ic − S_jc| / 2E,  E the number of entries of A
//
// Entries are stored ones where A is sparse, and those that are not zero where
// it is dense.
// Range: [0, 1] without weights and for rows that sum to 1, at least 0 with
// weights; 0 where no edge joins two clusters. A graph without edges scores 0.
//
// Shapes: S rows×K; the result is a scalar.
// Gradient: to S, and to the weights of A; 0 where two values are equal.
// Source: Hansen, Bianchi, Total Variation Graph Neural Networks, ICML 2023,
// arXiv 2211.06218, eq. 8.
func TotalVariation(s *G.Node, g modes.Graph) (*G.Node, error) {
	return build(NameTotalVariation, func() *G.Node {
		a := must(newAssignmentWithA(s, g))
		differences := a.perGraph(must(g.A.TotalVariation(s)))
		return a.mean(must(ops.Divide(differences, a.normalizer(TwiceStored))))
	})
}
