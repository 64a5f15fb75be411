package layers

import (
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
