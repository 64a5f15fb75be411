package losses

import (
	"errors"
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NamePosteriorDivergence is the name of PosteriorDivergence.
const NamePosteriorDivergence = "posterior_divergence"

// inf is +∞, the end of ranges without one.
var inf = math.Inf(1)

// PosteriorDivergence is how far the fractions of a stick-breaking process are
// from their prior, a Dirichlet process of that concentration, in nats:
//
//	L = 1/n² Σ_ij KL(Beta(α_ij, β_ij) ‖ Beta(1, concentration))
//
// over the n nodes of each graph and the K−1 fractions of each node. It keeps
// clusters that explain nothing from getting nodes: the smaller the
// concentration, the fewer clusters.
// Range: [0, ∞); 0 where every fraction has its prior.
//
// Shapes: alpha and beta have S's rows and K−1 columns, all above 0; the result
// is a scalar.
// Gradient: to alpha and beta.
// Errors: shapes that differ, a concentration that is not above 0.
// Source: Castellana, Bianchi, BN-Pool: Bayesian Nonparametric Pooling for
// Graphs, 2025, arXiv 2501.09821.
func PosteriorDivergence(alpha, beta *G.Node, g modes.Graph, concentration float64) (*G.Node, error) {
	return build(NamePosteriorDivergence, func() *G.Node {
		if alpha == nil || beta == nil {
			return must[*G.Node](nil, errors.New("alpha or beta is nil, want a node"))
		}
		rows := must(nodeRows(g))
		if alpha.Dims() < 2 || rowsOf(alpha) != rows {
			return must[*G.Node](nil, fmt.Errorf("alpha has shape %v for %d graphs of %d rows, want a row for each", alpha.Shape(), g.Graphs, rows))
		}
		seg := g.Segments()
		kl := must(ops.RowSum(must(ops.BetaKL(alpha, beta, concentration))))
		n := must(ops.SegmentCount(seg, alpha, rows))
		sum := must(ops.SegmentSum(must(ops.Reshape(kl, rows)), seg))
		return must(ops.MeanWhere(must(ops.Divide(sum, must(ops.Hadamard(n, n)))), n))
	})
}
