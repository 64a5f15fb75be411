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
func (r Rescale) gamma(sc *param.Scope, f int) (*G.Node, error) {
	if r.NoGamma {
		return nil, nil
	}
	return sc.Param("gamma", param.Ones{}, r.Gamma, f)
}

// beta is β as a vector; nil without.
func (r Rescale) beta(sc *param.Scope, f int) (*G.Node, error) {
	if r.NoBeta {
		return nil, nil
	}
	return sc.Param("beta", param.Zeros{}, r.Beta, f)
}

// rescale is x̂ ⊙ γ + β, for x̂ with zero rows at padding.
func (r Rescale) rescale(sc *param.Scope, in modes.Graph, x *G.Node) (*G.Node, error) {
	f := x.Shape()[x.Dims()-1]
	gamma, err := r.gamma(sc, f)
	if err != nil {
		return nil, err
	}
	if gamma != nil {
		if x, err = scaleColumns(x, gamma); err != nil {
			return nil, err
		}
	}
	beta, err := r.beta(sc, f)
	if err != nil {
		return nil, err
	}
	return r.finish(sc, in, x, beta)
}

// finish is x + β with padding at 0; β may be nil.
func (r Rescale) finish(sc *param.Scope, in modes.Graph, x, beta *G.Node) (_ *G.Node, err error) {
	if beta != nil {
		if x, err = ops.BiasActivate(x, beta, ops.Identity); err != nil {
			return nil, err
		}
		if in.IDs != nil {
			mask, err := in.Mask()
			if err != nil {
				return nil, err
			}
			if x, err = ops.RowScale(x, mask); err != nil {
				return nil, err
			}
		}
	}
	if r.Activity == nil {
		return x, nil
	}
	return x, sc.AddPenalty(r.Activity, x)
}

// scaleColumns is x with each column times its element of the vector v.
func scaleColumns(x, v *G.Node) (*G.Node, error) {
	v, err := ops.Reshape(v, 1, v.Shape()[0])
	if err != nil {
		return nil, err
	}
	return ops.SegmentScale(x, v, ops.OneSegment())
}

// allNodes is one segment of every node, which padding is not in.
func allNodes(in modes.Graph) (ops.Segments, error) {
	if in.IDs == nil {
		return ops.OneSegment(), nil
	}
	ids, err := ops.MapIDs(in.IDs, "one segment", in.Graphs, func(int) int { return 0 })
	return ops.Segments{IDs: ids, Count: 1}, err
}
