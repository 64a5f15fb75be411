package losses

import (
	"math"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NameNormalizedBalance is the name of NormalizedBalance.
const NameNormalizedBalance = "normalized_balance"

// NormalizedBalance is Balance brought to [0, 1]. The authors of HOSC call it
// orthogonality:
//
//	L = (√K − Σ_c ‖S_c‖₂/√n) / (√K − 1),  n the number of nodes
//
// One cluster scores 0.
// Range: [0, 1] for rows that sum to 1 and at least K nodes; 0 for hard clusters
// of one size, 1 for all nodes in one cluster.
//
// Shapes: S rows×K; the result is a scalar. The adjacency is not read.
// Gradient: to S; 0 for a cluster that is empty.
// Source: Duval, Malliaros, CIKM 2022, arXiv 2209.03473, the authors' code.
func NormalizedBalance(s *G.Node, g modes.Graph) (*G.Node, error) {
	return build(NameNormalizedBalance, func() *G.Node {
		return normalizedBalance(must(newAssignment(s, g)).sums(ofNodes))
	})
}

func normalizedBalance(a sums) *G.Node {
	norms := must(ops.RowSum(must(ops.Sqrt(a.squares()))))
	share := must(ops.Divide(norms, must(ops.Sqrt(a.counts()))))
	if a.clusters() == 1 {
		return a.mean(must(ops.Affine(share, 0, 0)))
	}
	root := math.Sqrt(float64(a.clusters()))
	return a.mean(must(ops.Affine(share, -1/(root-1), root/(root-1))))
}
