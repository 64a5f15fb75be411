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

// ConnectivityPrior is how far the connections between clusters are from a
// prior by which clusters are linked inside and not to each other:
//
//	L = 1/B mean_b Σ_cd (K_cd − μ_cd)² / (2 σ² n_b²),  μ = mean on the diagonal and −mean off it
//
// with B the graphs that have nodes, and n_b the nodes of graph b.
// Range: [0, ∞); 0 for K = μ.
//
// Shapes: connections K×K; the result is a scalar, 0 without nodes.
// Gradient: to the connections.
// Errors: a variance σ² that is not above 0.
// Source: Castellana, Bianchi, BN-Pool: Bayesian Nonparametric Pooling for
// Graphs, 2025, arXiv 2501.09821, as in tgp.
func ConnectivityPrior(connections *G.Node, g modes.Graph, mean, variance float64) (*G.Node, error) {
	return build(NameConnectivityPrior, func() *G.Node {
		if connections == nil || connections.Dims() != 2 || connections.Shape()[0] != connections.Shape()[1] {
			return must[*G.Node](nil, errors.New("the connections are no node of shape K×K"))
		}
		if !(variance > 0) {
			return must[*G.Node](nil, fmt.Errorf("variance = %v, want above 0", variance))
		}
		off := must(ops.AddDiagonal(must(ops.Affine(connections, 1, mean)), -2*mean))
		squares := must(ops.Sum(must(ops.Hadamard(off, off))))
		n := must(ops.SegmentCount(g.Segments(), connections, g.Rows()))
		some := must(ops.NonZero(n))
		over := must(ops.Divide(some, must(ops.Hadamard(n, n)))) // 1/n²
		graphs := must(ops.Sum(some))
		share := must(ops.Divide(must(ops.MeanWhere(over, n)), graphs))
		return must(ops.Affine(must(ops.Hadamard(squares, share)), 1/(2*variance), 0))
	})
}
