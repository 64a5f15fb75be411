package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// GraphConv is a graph convolution with one matrix for the node itself and
// another one for its neighbours:
//
//	x'_i = a(x_i·W_root + Σ_j a_ij x_j·W + b)
//
// or with a mean, a maximum and so on in place of the sum; see Neighbours. W is the weight kernel,
// and W_root the weight root.
//
// Modes: all. Shapes: X' has X's rows and Units columns. A is passed on as it
// came, and not normalised. Sparse features are multiplied as they are, and made
// dense for a maximum, a minimum or a deviation, which take a row an edge.
// Gradient: to X, the weights, and the edge weights of A.
//
// As PyG's layer with ToColumns: there a_ij is an edge into j.
// Source: Morris et al., Weisfeiler and Leman Go Neural: Higher-order Graph
// Neural Networks, AAAI 2019, arXiv 1810.02244.
type GraphConv struct {
	Units      int            // the number of features it gives, at least 1
	Activation ops.Activation // a; default: none
	Neighbours
	Root      param.Spec // initialiser, regulariser and constraint of W_root; default as the kernel's
	NoRoot    bool       // without x_i·W_root
	Trainable            // Kernel is that of W
	made
}

// NewGraphConv is a GraphConv of so many units that sums up.
func NewGraphConv(units int) *GraphConv {
	return &GraphConv{Units: units, Neighbours: Neighbours{Aggregation: Sum}, made: byNew()}
}

// Class implements Classed.
func (*GraphConv) Class() string { return "graphconv" }

// Apply implements Layer.
func (l *GraphConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		l.checkOptions(in)
		return l.regularized(sc, l.features(sc, in, in.X))
	})
}

func (l *GraphConv) checkOptions(in modes.Graph) {
	ensure(in.CheckA())
	ensure(atLeast("Units", l.Units, 1))
	ensure(l.check())
}

// features is the layer's output, with nodes that send the features sent.
func (l *GraphConv) features(sc *param.Scope, in modes.Graph, sent modes.Features) *G.Node {
	w := l.kernel(sc, "kernel", sent.Width(), l.Units)
	var y *G.Node
	if l.Aggregation.linear() {
		y = l.gatherLinear(in, sent, w, in.Propagates(sc.Learnables()))
	} else {
		y = must(ops.Linear(l.gather(in, must(sent.ToDense())), w, nil, ops.Identity))
	}
	if !l.NoRoot {
		root := must(sc.Param("root", param.GlorotUniform{}, l.Root, in.X.Width(), l.Units))
		y = must(G.Add(must(in.X.Mul(root)), y))
	}
	return l.finish(y, l.bias(sc, "bias", l.Units), l.Activation)
}
