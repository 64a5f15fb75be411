package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
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
// Gradient: to X and the weights. A bias of the gate of one column has none:
// the softmax does not see it.
// Source: Li, Gu, Dullien, Vinyals, Kohli, Graph Matching Networks, ICML 2019,
// arXiv 1904.12787; as PyG's AttentionalAggregation.
type GlobalSoftAttentionPool struct {
	Gate Layer // of one column, or as wide as NN; nil: Dense of one unit, with the options below
	NN   Layer // the features summed; nil: X as it is
	Trainable
}

// NewGlobalSoftAttentionPool is a GlobalSoftAttentionPool of the features
// themselves, with a Dense gate of one unit.
func NewGlobalSoftAttentionPool() *GlobalSoftAttentionPool { return &GlobalSoftAttentionPool{} }

// Apply implements Layer.
func (p *GlobalSoftAttentionPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	var terms []losses.Term
	out, err := global("globalsoftattentionpool", sc, in, p.Trainable, func(sc *param.Scope) (x *G.Node, err error) {
		x, terms, err = p.reduce(sc, in)
		return x, err
	})
	if err != nil {
		return Output{}, err
	}
	out.Losses = terms
	return out, nil
}

func (p *GlobalSoftAttentionPool) reduce(sc *param.Scope, in modes.Graph) (*G.Node, []losses.Term, error) {
	gate := p.Gate
	if gate == nil {
		t := p.Trainable
		t.Activity = nil
		gate = &Dense{Units: 1, Trainable: t}
	}
	scores, err := within(sc.Sub("gate"), "Gate", gate, in)
	if err != nil {
		return nil, nil, err
	}
	feat, terms := Output{Graph: in}, scores.Losses
	if p.NN != nil {
		if feat, err = within(sc.Sub("nn"), "NN", p.NN, in); err != nil {
			return nil, nil, err
		}
		terms = append(terms, feat.Losses...)
	}
	score, err := scores.X.ToDense()
	if err != nil {
		return nil, nil, err
	}
	share, err := ops.SegmentSoftmax(score, in.Segments())
	if err != nil {
		return nil, nil, err
	}
	in.X = feat.X
	switch scores.X.Width() {
	case 1:
		x, err := weightedSum(in, share)
		return x, terms, err
	case feat.X.Width():
		y, err := feat.X.ToDense()
		if err != nil {
			return nil, nil, err
		}
		x, err := ops.ColDot(share, y, in.Segments())
		return x, terms, err
	}
	return nil, nil, fmt.Errorf("%s gives %d columns, want 1 or %d, the features'", "Gate", scores.X.Width(), feat.X.Width())
}

// within applies a layer that is part of another; it errs unless the result
// has the nodes of in.
func within(sc *param.Scope, option string, l Layer, in modes.Graph) (Output, error) {
	out, err := l.Apply(sc, in)
	if err != nil {
		return Output{}, fmt.Errorf("%s: %w", option, err)
	}
	if out.X.Dense == nil && out.X.Sparse == nil || out.Rows() != in.Rows() {
		return Output{}, fmt.Errorf("%s gives %d rows, want %d, the nodes'", option, out.X.Rows(), in.Rows())
	}
	return out, nil
}
