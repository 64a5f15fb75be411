package layers

import (
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// TopKPool keeps the nodes of each graph whose features lie furthest along a
// trained direction p:
//
//	y = X·p / ‖p‖₂,  X' = (X ⊙ tanh(y))[idx],  A' = A[idx, idx]
//
// with idx the ⌈ratio·n⌉ nodes of highest y; see TopNodes. p is the F×1 weight
// kernel; there is no bias. Sparse features are multiplied by p as they are.
// A may be nil.
//
// Modes: all. As Spektral's layer, with Gate sigmoid for sigmoid_gating (and
// ‖p‖ never read as less than 1e-6 there). As PyG's with Descending and
// RankGated, K for an integer ratio; with MinScore y is X·p there and here.
//
// Source: Gao and Ji, Graph U-Nets, ICML 2019, arXiv 1905.05178; Cangea,
// Veličković, Jovanović, Kipf, Liò, Towards Sparse Hierarchical Graph
// Classifiers, 2018, arXiv 1811.01287; min_score: Knyazev, Taylor, Amer,
// Understanding Attention and Generalization in Graph Neural Networks, 2019,
// arXiv 1905.02850.
type TopKPool struct{ TopNodes }

// NewTopKPool is a TopKPool that keeps the given share of each graph's nodes,
// with tanh as the gate.
func NewTopKPool(ratio float64) *TopKPool {
	return &TopKPool{TopNodes{Ratio: ratio, Multiplier: 1, Gate: ops.Tanh}}
}

// Apply implements Layer.
func (p *TopKPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool("topkpool", p, sc, in)
}

// Select implements Pooler: by the projection of the features.
func (p *TopKPool) Select(sc *param.Scope, in modes.Graph) (Selection, error) {
	if err := p.check(); err != nil {
		return Selection{}, err
	}
	if err := in.Check(); err != nil {
		return Selection{}, err
	}
	w, err := p.kernel(sc, "kernel", in.X.Width(), 1)
	if err != nil {
		return Selection{}, err
	}
	if p.MinScore == nil {
		norm, err := ops.Norm(w, 0)
		if err != nil {
			return Selection{}, err
		}
		if w, err = ops.Divide(w, norm); err != nil {
			return Selection{}, err
		}
	}
	y, err := in.X.Mul(w)
	if err != nil {
		return Selection{}, err
	}
	return p.SelectTop(in, y)
}
