package losses

import (
	"math"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NameBalance is the name of Balance.
const NameBalance = "balance"

// Balance is how unequal the clusters' sizes are. It is the one loss that
// clustering needs where the features were smoothed over the graph:
//
//	L = −Σ_c ‖S_c‖₂ / √(nK),  S_c column c of S, n the number of nodes
//
// Range: [−1, 0] for rows that sum to 1; −1 for hard clusters of one size.
//
// Shapes: S rows×K; the result is a scalar. The adjacency is not read.
// Gradient: to S; 0 for a cluster that is empty.
// Source: Bianchi, Simplifying Clustering with Graph Neural Networks, 2022,
// arXiv 2207.08779. Its eq. 6 is the trace of the root of the matrix SᵀS. Its
// code takes the root of each element of the diagonal instead, and so do
// Spektral and this function.
func Balance(s *G.Node, g modes.Graph) (*G.Node, error) {
	return build(NameBalance, func() *G.Node {
		return balance(must(newAssignment(s, g)).sums(ofNodes))
	})
}

func balance(a sums) *G.Node {
	norms := must(ops.RowSum(must(ops.Sqrt(a.squares()))))
	n := must(ops.Sqrt(a.counts()))
	return a.mean(must(ops.Affine(must(ops.Divide(norms, n)), -1/math.Sqrt(float64(a.clusters())), 0)))
}
