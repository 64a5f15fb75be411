package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Rescale is what normalising layers have in common: after bringing features
// to mean 0 and variance 1 they give each column a trained scale and shift,
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
