package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// GraphNorm normalises each column over the nodes of each graph, and learns
// how much of the mean to subtract:
//
//	y = c / √(mean(c²) + ε) ⊙ γ + β,  c = x − α ⊙ μ
//
// The means are over the nodes of the graph. α is the weight alpha, one
// element a column, which starts at 1. Training and evaluation are the same.
//
// Modes: all; padding is 0 and takes no part. Shapes: X' has the shape of X.
// Sparse features are made dense. A may be nil, and is passed on.
// As PyG's layer.
// Source: Cai, Luo, Xu, He, Liu, Wang, GraphNorm: A Principled Approach to
// Accelerating Graph Neural Network Training, ICML 2021, arXiv 2009.03294.
type GraphNorm struct {
	Eps   float64    // ε, at least 0; NewGraphNorm sets 1e-5
	Alpha param.Spec // initialiser, regulariser and constraint of α; default ones
	Rescale
	made
}

// NewGraphNorm is a GraphNorm with ε 1e-5.
func NewGraphNorm() *GraphNorm { return &GraphNorm{Eps: 1e-5, made: byNew()} }

// Class implements Classed.
func (*GraphNorm) Class() string { return "graphnorm" }

// Apply implements Layer.
func (l *GraphNorm) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		c := l.center(sc, in, toNormalize(in, l.Eps))
		seg := in.Segments()
		variance := must(ops.SegmentMean(must(ops.Hadamard(c, c)), seg))
		factor := must(ops.InvSqrt(must(ops.Affine(variance, 1, l.Eps)), 0))
		return l.rescale(sc, in, must(ops.SegmentScale(c, factor, seg)))
	})
}

// center is x − α ⊙ μ, 0 at padding.
func (l *GraphNorm) center(sc *param.Scope, in modes.Graph, x *G.Node) *G.Node {
	seg, f := in.Segments(), in.X.Width()
	alpha := must(sc.Param("alpha", param.Ones{}, l.Alpha, f))
	mean := must(ops.LastScale(must(ops.SegmentMean(x, seg)), alpha))
	shift := must(ops.Spread(mean, seg, in.Rows()))
	if x.Dims() > 2 {
		shift = must(ops.Reshape(shift, x.Shape()...))
	}
	return must(G.Sub(x, shift))
}
