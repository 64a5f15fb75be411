package losses

import (
	"math"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NameBalance is the name of Balance.
const NameBalance = "balance"

// Balance is how unequal the clusters' sizes are, the one loss that
// clustering needs where the features were smoothed over the graph:
//
//	L = −Σ_c ‖S_c‖₂ / √(nK),  S_c column c of S, n the number of nodes
//
// Range: [−1, 0] for rows that sum to 1: −1 for hard clusters of one size.
//
// Shapes: S rows×K; the result is a scalar. The adjacency is not read.
// Gradient: to S; 0 for a cluster that is empty.
// Source: Bianchi, Simplifying Clustering with Graph Neural Networks, 2022,
// arXiv 2207.08779. Its eq. 6 has the trace of a matrix root, its code, which
// Spektral and this follow, the root of each element on the diagonal.
func Balance(s *G.Node, g modes.Graph) (*G.Node, error) {
	n, err := balance(s, g)
	return wrap(NameBalance, n, err)
}

func balance(s *G.Node, g modes.Graph) (*G.Node, error) {
	a, err := newAssignment(s, g, false)
	if err != nil {
		return nil, err
	}
	squares, err := ops.ColDot(s, s, a.seg)
	if err != nil {
		return nil, err
	}
	norms, err := ops.Sqrt(squares)
	if err != nil {
		return nil, err
	}
	if norms, err = ops.RowSum(norms); err != nil {
		return nil, err
	}
	n, err := a.counts()
	if err != nil {
		return nil, err
	}
	if n, err = ops.Sqrt(n); err != nil {
		return nil, err
	}
	loss, err := ops.Divide(norms, n)
	if err != nil {
		return nil, err
	}
	if loss, err = ops.Affine(loss, -1/math.Sqrt(float64(a.k)), 0); err != nil {
		return nil, err
	}
	return a.mean(loss)
}
