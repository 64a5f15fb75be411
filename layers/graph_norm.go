package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// GraphNorm normalises each column over the nodes of each graph, and learns
// how much of the mean to take away:
//
//	y = c / √(mean(c²) + ε) ⊙ γ + β,  c = x − α ⊙ μ
//
// with the means over the graph's nodes, and α a weight a column, alpha,
// which starts at 1. It is the same in training and after.
//
// Modes: all; padding is 0 and takes no part. Shapes: X' is shaped as X, with
// sparse features made dense. A may be nil, and is passed on.
// As PyG's layer. Source: Cai, Luo, Xu, He, Liu, Wang, GraphNorm: A
// Principled Approach to Accelerating Graph Neural Network Training, ICML
// 2021, arXiv 2009.03294.
type GraphNorm struct {
	Eps   float64    // ε, at least 0; NewGraphNorm sets 1e-5
	Alpha param.Spec // initialiser, regulariser and constraint of α; default ones
	Rescale
}

// NewGraphNorm is a GraphNorm with ε 1e-5.
func NewGraphNorm() *GraphNorm { return &GraphNorm{Eps: 1e-5} }

// Apply implements Layer.
func (l *GraphNorm) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	sc = sc.Sub("graphnorm")
	y, err := l.apply(sc, in)
	if err != nil {
		return Output{}, fail(sc, err)
	}
	return Output{Graph: in.WithX(y)}, nil
}

func (l *GraphNorm) apply(sc *param.Scope, in modes.Graph) (*G.Node, error) {
	x, err := toNormalize(in, l.Eps)
	if err != nil {
		return nil, err
	}
	c, err := l.center(sc, in, x)
	if err != nil {
		return nil, err
	}
	square, err := ops.Hadamard(c, c)
	if err != nil {
		return nil, err
	}
	seg := in.Segments()
	factor, err := ops.SegmentMean(square, seg)
	if err != nil {
		return nil, err
	}
	if factor, err = ops.Affine(factor, 1, l.Eps); err != nil {
		return nil, err
	}
	if factor, err = ops.InvSqrt(factor, 0); err != nil {
		return nil, err
	}
	y, err := ops.SegmentScale(c, factor, seg)
	if err != nil {
		return nil, err
	}
	return l.rescale(sc, in, y)
}

// center is x − α ⊙ μ, 0 at padding.
func (l *GraphNorm) center(sc *param.Scope, in modes.Graph, x *G.Node) (*G.Node, error) {
	seg, f := in.Segments(), in.X.Width()
	alpha, err := sc.Param("alpha", param.Ones{}, l.Alpha, f)
	if err != nil {
		return nil, err
	}
	mean, err := ops.SegmentMean(x, seg)
	if err != nil {
		return nil, err
	}
	if mean, err = ops.LastScale(mean, alpha); err != nil {
		return nil, err
	}
	shift, err := ops.Spread(mean, seg, in.Rows())
	if err != nil {
		return nil, err
	}
	if x.Dims() > 2 {
		if shift, err = ops.Reshape(shift, x.Shape()...); err != nil {
			return nil, err
		}
	}
	return G.Sub(x, shift)
}
