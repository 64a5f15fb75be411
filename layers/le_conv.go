package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// LEConv is the local extremum convolution, which compares a node with its
// neighbours:
//
//	x'_i = a(Σ_j a_ij (x_j·W₁ + b₁ − x_i·W₂) + x_i·W₃ + b₃)
//
// The weights are kernel1, bias1, kernel2, kernel3 and bias3.
//
// Modes: all. Shapes: X' has X's rows and Units columns. A is passed on as it
// came, and not normalised. Sparse features are multiplied as they are.
// Gradient: to X, the weights, and the edge weights of A.
//
// As PyG's layer with ToColumns. Source: Ranjan, Sanyal, Talukdar, ASAP:
// Adaptive Structure Aware Pooling for Learning Hierarchical Graph
// Representations, AAAI 2020, arXiv 1911.07979.
type LEConv struct {
	Units      int            // the number of features it gives, at least 1
	Activation ops.Activation // a; default: none
	ToColumns  bool           // a_ij is an edge into j, as in PyG: Aᵀ in place of A
	Trainable
	made
}

// NewLEConv is a LEConv of so many units.
func NewLEConv(units int) *LEConv { return &LEConv{Units: units, made: byNew()} }

// Class implements Classed.
func (*LEConv) Class() string { return "leconv" }

// Apply implements Layer.
func (l *LEConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		ensure(in.CheckA())
		ensure(atLeast("Units", l.Units, 1))
		heard := must(in.X.Linear(l.named(sc, in, "kernel1"), l.bias(sc, "bias1", l.Units), ops.Identity))
		own := must(in.X.Mul(l.named(sc, in, "kernel2")))
		rest := must(in.X.Mul(l.named(sc, in, "kernel3")))
		a := Neighbours{ToColumns: l.ToColumns}.edges(in.A)
		y := must(G.Sub(must(a.Mul(heard)), must(ops.RowScale(own, must(a.Degree(own))))))
		y = l.finish(must(G.Add(y, rest)), l.bias(sc, "bias3", l.Units), l.Activation)
		return l.regularized(sc, y)
	})
}

func (l *LEConv) named(sc *param.Scope, in modes.Graph, name string) *G.Node {
	return l.kernel(sc, name, in.X.Width(), l.Units)
}
