package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// GlobalAttentionPool is a sum of transformed node features, each multiplied by
// a gate:
//
//	X' = Σ_i σ(X·W₁ + b₁)_i ⊙ (X·W₂ + b₂)_i,  σ the sigmoid
//
// The weights are attn_kernel and attn_bias (W₁, b₁), feat_kernel and
// feat_bias (W₂, b₂); the options of kernels and biases are for both.
//
// Modes and edges as GlobalSumPool. Shapes: X' 1×Channels (single) or
// B×Channels. Sparse features are multiplied without being made dense.
// Gradient: to X and the weights.
// Source: Li, Tarlow, Brockschmidt, Zemel, Gated Graph Sequence Neural
// Networks, ICLR 2016, arXiv 1511.05493, eq. 7 without its tanh; as Spektral's
// layer. PyG's attention, a softmax over the nodes, is GlobalSoftAttentionPool.
type GlobalAttentionPool struct {
	Channels int // the number of features it gives, at least 1
	Trainable
	made
}

// NewGlobalAttentionPool is a GlobalAttentionPool of 32 channels, Spektral's
// default.
func NewGlobalAttentionPool() *GlobalAttentionPool {
	return &GlobalAttentionPool{Channels: 32, made: byNew()}
}

// Class implements Classed.
func (*GlobalAttentionPool) Class() string { return "globalattentionpool" }

// Apply implements Layer.
func (p *GlobalAttentionPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return global(p, sc, in, func(sc *param.Scope) *G.Node {
		ensure(p.noActivation())
		ensure(atLeast("Channels", p.Channels, 1))
		gate := p.half(sc, in, "attn", ops.Sigmoid)
		feat := p.half(sc, in, "feat", ops.Identity)
		// The columns' dot products over each graph: no product is stored.
		return p.regularized(sc, must(ops.ColDot(gate, feat, in.Segments())))
	})
}

// half is a(X·W + b) with the weights of that name.
func (p *GlobalAttentionPool) half(sc *param.Scope, in modes.Graph, name string, a ops.Activation) *G.Node {
	w := p.kernel(sc, name+"_kernel", in.X.Width(), p.Channels)
	b := p.bias(sc, name+"_bias", p.Channels)
	return must(in.X.Linear(w, b, a))
}
