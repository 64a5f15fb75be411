package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// GTVConv is the graph total variation convolution: a step of gradient descent
// on Σ_ij a_ij ‖h_i − h_j‖₁, which makes neighbours similar but keeps sharp
// edges of the signal:
//
//	H = X·W,  g_ij = a_ij / max(‖h_i − h_j‖₁, ε)
//	x'_i = a(h_i − δ Σ_j g_ij (h_i − h_j) + b)
//
// Modes: all. Shapes: X' has X's rows and Units columns; padding is a(0). A is
// passed on as it came. Sparse A: one value an edge.
// Gradient: to X, the weights, and the edge weights of A; through the distance
// only where it is above ε.
//
// As Spektral's and torch-geometric-pool's layer. Source: Hansen, Bianchi, Total
// Variation Graph Neural Networks, ICML 2023, arXiv 2211.06218.
type GTVConv struct {
	Units      int            // the number of features it gives, at least 1
	Delta      float64        // δ, the length of the step; NewGTVConv sets 1
	Eps        float64        // ε, above 0; NewGTVConv sets 1e-3
	Activation ops.Activation // a; NewGTVConv sets relu
	Trainable
	made
}

// NewGTVConv is a GTVConv of so many units with δ = 1, ε = 1e-3 and relu.
func NewGTVConv(units int) *GTVConv {
	return &GTVConv{Units: units, Delta: 1, Eps: 1e-3, Activation: ops.ReLU, made: byNew()}
}

// Class implements Classed.
func (*GTVConv) Class() string { return "gtvconv" }

// Apply implements Layer.
func (l *GTVConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		ensure(in.CheckA())
		ensure(atLeast("Units", l.Units, 1))
		if l.Delta-l.Delta != 0 {
			ensure(unwanted("Delta", l.Delta, "a finite number"))
		}
		if !(l.Eps > 0) {
			ensure(unwanted("Eps", l.Eps, "above 0"))
		}
		h := must(in.X.Mul(l.kernel(sc, "kernel", in.X.Width(), l.Units)))
		y := l.step(in, h)
		if b := l.bias(sc, "bias", l.Units); b != nil {
			y = must(ops.BiasActivate(y, b, ops.Identity))
		}
		if in.IDs != nil {
			y = must(ops.RowScale(y, must(in.Mask())))
		}
		return l.regularized(sc, l.activate(y, l.Activation))
	})
}

// step is h_i − δ Σ_j g_ij (h_i − h_j).
func (l *GTVConv) step(in modes.Graph, h *G.Node) *G.Node {
	g := must(in.A.OverDistance(h, l.Eps))
	down := must(g.Differences(h))
	return must(G.Sub(h, must(ops.Affine(down, l.Delta, 0))))
}
