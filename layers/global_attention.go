package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// GlobalAttnSumPool is a mean of each graph's node features, weighted by
// attention:
//
//	α = softmax(X·a) over the nodes of the graph,  X' = Σ_i α_i X_i
//
// The weight is attn_kernel, a, of shape F×1; there is no bias.
//
// Modes, shapes and edges as GlobalSumPool; padding gets no attention. Sparse
// features are made dense only where there are more graphs than features.
// Gradient: to X through both factors, and to a.
// As Spektral's layer, which in batch mode attends to padding, and in disjoint
// mode has an Eps of 1e-9.
type GlobalAttnSumPool struct {
	// Eps is added to the denominator of the softmax, whose largest numerator is
	// 1. Its gradient takes the maximum as a constant. Default: 0.
	Eps float64
	Trainable
	made
}

// NewGlobalAttnSumPool is a GlobalAttnSumPool with an exact softmax.
func NewGlobalAttnSumPool() *GlobalAttnSumPool { return &GlobalAttnSumPool{made: byNew()} }

// Class implements Classed.
func (*GlobalAttnSumPool) Class() string { return "globalattnsumpool" }

// Apply implements Layer.
func (p *GlobalAttnSumPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return global(p, sc, in, func(sc *param.Scope) *G.Node {
		ensure(p.noActivation())
		ensure(notNegative("Eps", p.Eps))
		score := must(in.X.Mul(p.kernel(sc, "attn_kernel", in.X.Width(), 1)))
		share := must(ops.SegmentSoftmaxEps(score, in.Segments(), p.Eps))
		return p.regularized(sc, weightedSum(in, share))
	})
}

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

// GlobalSoftAttentionPool is a mean of transformed node features, weighted by
// a softmax over the nodes of each graph:
//
//	X' = Σ_i softmax(gate(X))_i ⊙ nn(X)_i
//
// with layers for gate and nn, in the scopes gate and nn. A gate of one column
// weighs whole nodes; one as wide as nn weighs each feature by itself.
//
// Modes and edges as GlobalSumPool. Shapes: X' 1×H (single) or B×H, H the
// width of nn. Sparse X is read as the layers read it; without nn as
// GlobalAttnSumPool does. The losses of both layers are passed on.
// Gradient: to X and the weights. The bias of a gate with one column has no
// gradient, since it does not change the softmax.
// Source: Li, Gu, Dullien, Vinyals, Kohli, Graph Matching Networks, ICML 2019,
// arXiv 1904.12787; as PyG's AttentionalAggregation.
type GlobalSoftAttentionPool struct {
	Gate Layer // of one column, or as wide as NN; nil: Dense of one unit, with the options below
	NN   Layer // the features summed; nil: X as it is
	Trainable
	made
}

// NewGlobalSoftAttentionPool is a GlobalSoftAttentionPool of the features
// themselves, with a Dense gate of one unit.
func NewGlobalSoftAttentionPool() *GlobalSoftAttentionPool {
	return &GlobalSoftAttentionPool{made: byNew()}
}

// Class implements Classed.
func (*GlobalSoftAttentionPool) Class() string { return "globalsoftattentionpool" }

// Apply implements Layer.
func (p *GlobalSoftAttentionPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return apply(p, sc, in, func(sc *param.Scope) Output {
		ensure(in.Check())
		ensure(p.noActivation())
		scores, feat := p.parts(sc, in)
		x := p.regularized(sc, attend(in, scores.X, feat.X))
		return Output{Graph: oneNode(in).WithX(x), Losses: append(scores.Losses, feat.Losses...)}
	})
}

// parts is what the layers for gate and nn give.
func (p *GlobalSoftAttentionPool) parts(sc *param.Scope, in modes.Graph) (scores, feat Output) {
	gate := p.Gate
	if gate == nil {
		d := NewDense(1)
		d.Trainable = p.Trainable
		d.Activity = nil
		gate = d
	}
	scores = within(sc.Sub("gate"), "Gate", gate, in)
	if p.NN == nil {
		return scores, Output{Graph: in}
	}
	return scores, within(sc.Sub("nn"), "NN", p.NN, in)
}

// attend is Σ_i softmax(scores)_i ⊙ x_i of each graph.
func attend(in modes.Graph, scores, x modes.Features) *G.Node {
	share := must(ops.SegmentSoftmax(must(scores.ToDense()), in.Segments()))
	in.X = x
	switch scores.Width() {
	case 1:
		return weightedSum(in, share)
	case x.Width():
		return must(ops.ColDot(share, must(x.ToDense()), in.Segments()))
	}
	return must[*G.Node](nil, fmt.Errorf("%s gives %d columns, want 1 or %d, the features'", "Gate", scores.Width(), x.Width()))
}
