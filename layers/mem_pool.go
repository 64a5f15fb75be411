package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// MemPool clusters nodes by their distances to learned keys, a memory with
// several heads:
//
//	Q_hij = (1 + ‖X_i − key_hj‖²/τ)^{−(τ+1)/2}, over its sum by j
//	S = softmax_j(Σ_h w_h Q_hij),  X' = (SᵀX)·W,  A' = sym(zd(SᵀAS))
//
// The loss is self-training; see losses.SelfTraining.
//
// Modes: all. Shapes: K nodes a graph: X' K×Channels (single), (B·K)×Channels
// (disjoint), B×K×Channels (batch, mixed); A' as MinCutPool's where there is an
// A, which is not read otherwise. Sparse features are made dense.
// Gradient: to X and the weights, the keys among them.
// Source: Khasahmadi, Hassani, Moradi, Lee, Morris, Memory-Based Graph Networks,
// ICLR 2020, arXiv 2002.09518. As PyG's MemPooling, which gives no A'.
type MemPool struct {
	Clusters
	Heads              int     // the number of heads, at least 1
	Tau                float64 // τ, the degrees of freedom of Student's t, above 0
	Channels           int     // the width of X'; 0: that of X
	SelfTrainingWeight float64 // of the self-training loss
	Trainable                  // of the keys, heads and W; the activity regulariser is that of S
	made
}

// NewMemPool is a MemPool with k clusters: one head, τ = 1, X' as wide as X, ε
// 1e-15, and the loss of weight 1.
func NewMemPool(k int) *MemPool {
	return &MemPool{Clusters: Clusters{K: k, Eps: 1e-15}, Heads: 1, Tau: 1, SelfTrainingWeight: 1, made: byNew()}
}

// Class implements Classed.
func (*MemPool) Class() string { return "mempool" }

// Apply implements Layer.
func (p *MemPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

func (p *MemPool) ensureOptions(in modes.Graph) {
	ensure(p.check())
	ensure(p.noActivation())
	ensure(atLeast("Heads", p.Heads, 1))
	ensure(atLeast("Channels", p.Channels, 0))
	if !(p.Tau > 0) {
		ensure(unwanted("Tau", p.Tau, "above 0"))
	}
	ensure(in.Check())
}

// Select implements Pooler: S by the distances to the keys.
func (p *MemPool) Select(sc *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		p.ensureOptions(in)
		f, rows := in.X.Width(), in.Rows()
		keys := p.kernel(sc, "keys_kernel", p.Heads*p.K, f)
		heads := p.kernel(sc, "heads_kernel", 1, p.Heads)
		x := must(ops.Reshape(must(in.X.ToDense()), rows, f))
		near := must(ops.Affine(must(ops.SquaredDistances(x, keys)), 1/p.Tau, 1))
		power := must(ops.Full(x, -(p.Tau+1)/2, 1))
		q := must(ops.Reshape(must(ops.Power(near, power)), rows, p.Heads, p.K))
		q = must(ops.Divide(q, must(ops.Reshape(must(ops.RowSum(q)), rows, p.Heads))))
		logits := must(ops.BatchMul(heads, q, false, false)) // rows×1×K
		sel := SoftAssign{}.assign(sc, in, byGraph(in, must(ops.Reshape(logits, rows, p.K))))
		p.regularized(sc, sel.Assignment)
		return sel
	})
}

// Reduce implements Pooler: X' = (SᵀX)·W of each graph.
func (p *MemPool) Reduce(sc *param.Scope, in modes.Graph, sel Selection) (*G.Node, error) {
	return build(func() *G.Node {
		channels := p.Channels
		if channels == 0 {
			channels = in.X.Width()
		}
		w := p.kernel(sc, "kernel", in.X.Width(), channels)
		return must(ops.Linear(must(p.Clusters.Reduce(sc, in, sel)), w, nil, ops.Identity))
	})
}

// Losses implements Pooler: self-training.
func (p *MemPool) Losses(in modes.Graph, sel Selection) ([]losses.Term, error) {
	return build(func() []losses.Term {
		kl := must(losses.SelfTraining(sel.Assignment, in))
		return []losses.Term{{Name: losses.NameSelfTraining, Weight: p.SelfTrainingWeight, Node: kl}}
	})
}
