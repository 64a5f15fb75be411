package losses

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NameConnectivityPrior is the name of ConnectivityPrior.
const NameConnectivityPrior = "connectivity_prior"

// PriorOptions are those of ConnectivityPrior.
type PriorOptions struct {
	Mean     float64 // μ on the diagonal, and −μ off it
	Variance float64 // σ², above 0
	// OncePerBatch divides by the number of graphs once more, as tgp does: the
	// connections are the batch's, not a graph's. Default: the mean over the
	// graphs alone, as with every loss.
	OncePerBatch bool
}

// ConnectivityPrior is how far the connections between clusters are from a
// prior by which clusters are linked inside and not to each other:
//
//	L = mean_b Σ_cd (K_cd − μ_cd)² / (2 σ² n_b²),  n_b the nodes of graph b
//
// The mean is over the graphs that have nodes.
// Range: [0, ∞); 0 for K = μ.
//
// Shapes: connections K×K; the result is a scalar, 0 without nodes.
// Gradient: to the connections.
// Errors: a variance σ² that is not above 0; a graph whose ids, features and
// adjacency all are nil.
// Source: Castellana, Bianchi, BN-Pool: Bayesian Nonparametric Pooling for
// Graphs, 2025, arXiv 2501.09821, as in tgp.
func ConnectivityPrior(connections *G.Node, g modes.Graph, o PriorOptions) (*G.Node, error) {
	return build(NameConnectivityPrior, func() *G.Node {
		if connections == nil || connections.Dims() != 2 || connections.Shape()[0] != connections.Shape()[1] {
			return must[*G.Node](nil, errors.New("the connections are no node of shape K×K"))
		}
		if !(o.Variance > 0) {
			return must[*G.Node](nil, fmt.Errorf("variance = %v, want above 0", o.Variance))
		}
		off := must(ops.AddDiagonal(must(ops.Affine(connections, 1, o.Mean)), -2*o.Mean))
		squares := must(ops.Sum(must(ops.Hadamard(off, off))))
		n := must(ops.SegmentCount(g.Segments(), connections, must(nodeRows(g))))
		some := must(ops.NonZero(n))
		over := must(ops.Divide(some, must(ops.Hadamard(n, n)))) // 1/n²
		share := must(ops.MeanWhere(over, n))
		if o.OncePerBatch {
			share = must(ops.Divide(share, must(ops.Sum(some))))
		}
		return must(ops.Affine(must(ops.Hadamard(squares, share)), 1/(2*o.Variance), 0))
	})
}
