package losses

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NameReconstruction is the name of Reconstruction.
const NameReconstruction = "reconstruction"

// ReconstructionOptions are the variants of Reconstruction.
type ReconstructionOptions struct {
	// Partners is with how many nodes drawn at random each node is paired, in
	// place of all nodes of its graph: the loss is then an estimate, anew at each
	// run. 0: all pairs, which takes n² time, but no memory.
	Partners int
	Seed     uint64 // of the pairs
}

// Reconstruction is how far clusters and the connections between them are from
// the links, as the cross entropy of a stochastic block model, in nats:
//
//	L = 1/n² Σ_ij w_ij ( y_ij log(1 + e^{−l_ij}) + (1 − y_ij) log(1 + e^{l_ij}) ),  l = S·K·Sᵀ
//
// with y_ij = 1 where A has an entry, of any weight, and 0 elsewhere. Entries
// weigh w = max(n² − E, 1)/max(E, 1), E their number, and other pairs 1, so that
// both count as much. Entries are stored ones where A is sparse, and those that
// are not zero where it is dense.
// Range: [0, ∞); log 2 for l = 0 and no entries.
//
// Shapes: S rows×K, the connections K K×K; the result is a scalar. No matrix of
// n² is formed where A is sparse.
// Gradient: to S and to the connections; none to A.
// Source: Castellana, Bianchi, BN-Pool: Bayesian Nonparametric Pooling for
// Graphs, 2025, arXiv 2501.09821. tgp takes the weights of A for y.
func Reconstruction(s, connections *G.Node, g modes.Graph, o ReconstructionOptions) (*G.Node, error) {
	return build(NameReconstruction, func() *G.Node {
		a := must(newAssignmentWithA(s, g))
		if connections == nil || connections.Dims() != 2 || connections.Shape()[0] != a.k || connections.Shape()[1] != a.k {
			return must[*G.Node](nil, fmt.Errorf("the connections are %v, want a node of shape (%d, %[2]d)", connections, a.k))
		}
		u := must(ops.Linear(s, connections, nil, ops.Identity))
		n := a.counts()
		pairs := must(ops.Hadamard(n, n))
		stored := a.perGraph(must(g.A.Stored(s)))
		others := must(g.A.OtherSoftplus(u, s, a.seg, o.Partners, o.Seed))
		linked := a.perGraph(must(g.A.EntrySoftplus(must(ops.Affine(u, -1, 0)), s))) // Σ log(1 + e^{−l})
		rest := must(ops.Clamp(must(G.Sub(pairs, stored)), 1, inf))
		w := must(ops.Divide(rest, must(ops.Clamp(stored, 1, inf))))
		sum := must(G.Add(others, must(ops.Hadamard(w, linked))))
		return a.mean(must(ops.Divide(sum, pairs)))
	})
}
