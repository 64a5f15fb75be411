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
// idx is the ⌈ratio·n⌉ nodes with the highest y; see TopNodes. p is the F×1
// weight kernel; there is no bias. Sparse features are multiplied by p as they
// are. A may be nil, unless Nearest is set.
//
// Modes: all. As Spektral's layer, with Gate sigmoid for sigmoid_gating (it
// takes ‖p‖ as at least 1e-6). As PyG's with Descending and RankGated, and
// with K for a ratio that is an integer; with MinScore, y is X·p in both.
//
// Source: Gao and Ji, Graph U-Nets, ICML 2019, arXiv 1905.05178; Cangea,
// Veličković, Jovanović, Kipf, Liò, Towards Sparse Hierarchical Graph
// Classifiers, 2018, arXiv 1811.01287; min_score: Knyazev, Taylor, Amer,
// Understanding Attention and Generalization in Graph Neural Networks, 2019,
// arXiv 1905.02850.
type TopKPool struct {
	TopNodes
	made
}

// NewTopKPool is a TopKPool that keeps the given share of each graph's nodes,
// with tanh as the gate.
func NewTopKPool(ratio float64) *TopKPool {
	return &TopKPool{TopNodes{Ratio: ratio, Multiplier: 1, Gate: ops.Tanh}, byNew()}
}

// Class implements Classed.
func (*TopKPool) Class() string { return "topkpool" }

// Apply implements Layer.
func (p *TopKPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Select implements Pooler: by the projection of the features.
func (p *TopKPool) Select(sc *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		ensure(p.check())
		ensure(in.Check())
		w := p.kernel(sc, "kernel", in.X.Width(), 1)
		if p.MinScore == nil {
			w = must(ops.Divide(w, must(ops.Norm(w, 0))))
		}
		return must(p.SelectTop(in, must(in.X.Mul(w))))
	})
}
