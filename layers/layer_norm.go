package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

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
