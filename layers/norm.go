package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Rescale is the base of normalising layers: after bringing features to mean 0
// and variance 1 they give each column a trained scale and shift,
//
//	y = x̂ ⊙ γ + β
//
// the weights gamma, which starts as ones, and beta, which starts as zeros.
// Rows of padding are 0.
type Rescale struct {
	Gamma, Beta     param.Spec    // initialiser, regulariser and constraint of γ and β
	NoGamma, NoBeta bool          // without γ, without β
	Activity        param.Penalty // regulariser of the layer's output; nil for none
}

// gamma is γ as a vector; nil without.
func (r Rescale) gamma(sc *param.Scope, f int) *G.Node {
	if r.NoGamma {
		return nil
	}
	return must(sc.Param("gamma", param.Ones{}, r.Gamma, f))
}

// beta is β as a vector; nil without.
func (r Rescale) beta(sc *param.Scope, f int) *G.Node {
	if r.NoBeta {
		return nil
	}
	return must(sc.Param("beta", param.Zeros{}, r.Beta, f))
}

// rescale is x̂ ⊙ γ + β, for x̂ with zero rows at padding.
func (r Rescale) rescale(sc *param.Scope, in modes.Graph, x *G.Node) *G.Node {
	f := x.Shape()[x.Dims()-1]
	if gamma := r.gamma(sc, f); gamma != nil {
		x = scaleColumns(x, gamma)
	}
	return r.finish(sc, in, x, r.beta(sc, f))
}

// finish is x + β with padding at 0; β may be nil.
func (r Rescale) finish(sc *param.Scope, in modes.Graph, x, beta *G.Node) *G.Node {
	if beta != nil {
		x = must(ops.BiasActivate(x, beta, ops.Identity))
		if in.IDs != nil {
			x = must(ops.RowScale(x, must(in.Mask())))
		}
	}
	if r.Activity != nil {
		ensure(sc.AddPenalty(r.Activity, x))
	}
	return x
}

// toNormalize checks what every normalising layer needs, and is X dense.
func toNormalize(in modes.Graph, eps float64) *G.Node {
	ensure(in.Check())
	ensure(notNegative("Eps", eps))
	return must(in.X.ToDense())
}

// scaleColumns is x with each column times its element of the vector v.
func scaleColumns(x, v *G.Node) *G.Node {
	row := must(ops.Reshape(v, 1, v.Shape()[0]))
	return must(ops.SegmentScale(x, row, ops.OneSegment()))
}

// allNodes is one segment of every node, which padding is not in.
func allNodes(in modes.Graph) ops.Segments {
	if in.IDs == nil {
		return ops.OneSegment()
	}
	ids := must(ops.MapIDs(in.IDs, "one segment", in.Graphs, func(int) int { return 0 }))
	return ops.Segments{IDs: ids, Count: 1}
}

// LayerNorm brings the features of each node to mean 0 and variance 1, or with
// PerGraph all features of all nodes of a graph together:
//
//	y = (x − μ) / √(σ² + ε) ⊙ γ + β
//
// γ and β have one element a column. Training and evaluation are the same.
//
// Modes: all; padding is 0 and takes no part. Shapes: X' has the shape of X.
// Sparse features are made dense. A may be nil, and is passed on.
// As Keras's layer, or PyG's with PerGraph and Eps 1e-5 (its default mode).
// Source: Ba, Kiros, Hinton, Layer Normalization, 2016, arXiv 1607.06450.
type LayerNorm struct {
	Eps      float64 // ε, at least 0; NewLayerNorm sets 1e-3
	PerGraph bool    // over all nodes of a graph together; default: each node by itself
	Rescale
	made
}

// NewLayerNorm is a LayerNorm of each node with ε 1e-3.
func NewLayerNorm() *LayerNorm { return &LayerNorm{Eps: 1e-3, made: byNew()} }

// Class implements Classed.
func (*LayerNorm) Class() string { return "layernorm" }

// Apply implements Layer.
func (l *LayerNorm) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		x := toNormalize(in, l.Eps)
		over := ops.OverRows
		if l.PerGraph {
			over = ops.OverSegments
		}
		return l.rescale(sc, in, must(ops.Standardize(x, in.Segments(), over, l.Eps)))
	})
}

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
