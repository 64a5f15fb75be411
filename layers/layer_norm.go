package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// LayerNorm brings the features of each node, or with PerGraph all features
// of each graph's nodes together, to mean 0 and variance 1:
//
//	y = (x − μ) / √(σ² + ε) ⊙ γ + β
//
// γ and β have an element a column. It is the same in training and after.
//
// Modes: all; padding is 0 and takes no part. Shapes: X' is shaped as X, with
// sparse features made dense. A may be nil, and is passed on.
// As Keras's layer, or PyG's with PerGraph and Eps 1e-5 (its default mode).
// Source: Ba, Kiros, Hinton, Layer Normalization, 2016, arXiv 1607.06450.
type LayerNorm struct {
	Eps      float64 // ε, at least 0; NewLayerNorm sets 1e-3
	PerGraph bool    // over all nodes of a graph together; default: each node by itself
	Rescale
}

// NewLayerNorm is a LayerNorm of each node with ε 1e-3.
func NewLayerNorm() *LayerNorm { return &LayerNorm{Eps: 1e-3} }

// Apply implements Layer.
func (l *LayerNorm) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	sc = sc.Sub("layernorm")
	y, err := l.apply(sc, in)
	if err != nil {
		return Output{}, fail(sc, err)
	}
	return Output{Graph: in.WithX(y)}, nil
}

func (l *LayerNorm) apply(sc *param.Scope, in modes.Graph) (*G.Node, error) {
	x, err := toNormalize(in, l.Eps)
	if err != nil {
		return nil, err
	}
	over := ops.OverRows
	if l.PerGraph {
		over = ops.OverSegments
	}
	y, err := ops.Standardize(x, in.Segments(), over, l.Eps)
	if err != nil {
		return nil, err
	}
	return l.rescale(sc, in, y)
}

// toNormalize checks what every normalising layer needs, and is X dense.
func toNormalize(in modes.Graph, eps float64) (*G.Node, error) {
	if err := in.Check(); err != nil {
		return nil, err
	}
	if !(eps >= 0) || eps-eps != 0 {
		return nil, unwanted("Eps", eps, "a number of at least 0")
	}
	return in.X.ToDense()
}
