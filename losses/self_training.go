package losses

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NameSelfTraining is the name of SelfTraining.
const NameSelfTraining = "self_training"

// SelfTraining is how far an assignment is from a sharper one made of itself,
// the clustering loss of deep embedded clustering, in nats:
//
//	L = Σ_ic P_ic log(P_ic / S_ic),  P_ic = (S_ic²/f_c) / Σ_k (S_ik²/f_k),  f_c = Σ_i S_ic
//
// Range: [0, ∞) for rows that sum to 1; 0 for hard clusters, and for equal
// shares.
//
// Shapes: S rows×K; the result is a scalar. The adjacency is not read.
// Gradient: to S, through P as well.
// Source: Xie, Girshick, Farhadi, Unsupervised Deep Embedding for Clustering
// Analysis, ICML 2016, arXiv 1511.06335, eq. 2 and 3; Khasahmadi et al.,
// Memory-Based Graph Networks, ICLR 2020, arXiv 2002.09518. PyG's kl_loss is the
// same, but NaN where a graph has no nodes.
func SelfTraining(s *G.Node, g modes.Graph) (*G.Node, error) {
	return build(NameSelfTraining, func() *G.Node {
		a := must(newAssignment(s, g))
		f := must(ops.Spread(a.sizes(), a.seg, a.rows()))
		flat := must(ops.Reshape(s, a.rows(), a.k))
		share := must(ops.Divide(flat, f))             // S/f
		all := must(ops.RowDot(flat, share))           // Σ_k S²/f
		ratio := must(ops.Divide(share, all))          // P/S
		gain := must(ops.Hadamard(flat, xlogx(ratio))) // P log(P/S)
		return a.mean(a.perGraph(must(ops.RowSum(gain))))
	})
}
