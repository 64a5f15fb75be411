package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

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
	return apply(p, sc, func(sc *param.Scope) Output {
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
