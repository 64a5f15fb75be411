package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// GINEConv is GINConv with features of the edges:
//
//	x'_i = MLP((1 + ε)·x_i + Σ_j relu(x_j + f_ij·U + u))
//
// f_ij is what Edges tells to read of the edge from j, U and u are the weights
// edge_kernel and edge_bias. The MLP and ε are those of GINConv.
//
// Modes: all; attributes not in batch mode, nor with a dense A. Shapes: X' has
// X's rows and Units columns. Sparse features are made dense; A never is: memory
// is a row of X an edge. A is passed on as it came.
// Gradient: to X, the weights, ε where it is trained, and what is read of the
// edges.
//
// As PyG's layer with edge_dim and ToColumns. Source: Hu et al., Strategies for
// Pre-training Graph Neural Networks, ICLR 2020, arXiv 1905.12265.
type GINEConv struct {
	Hidden               []int          // units of the MLP's hidden layers; may be empty
	Units                int            // those of the last, at least 1
	HiddenActivation     ops.Activation // after each hidden layer; NewGINEConv sets relu
	Activation           ops.Activation // after the last; default: none
	Edges                EdgeFeatures   // what is read of an edge; NewGINEConv sets attributes
	ToColumns            bool           // a_ij is an edge into j, as in PyG: Aᵀ in place of A
	Eps                  float64        // ε; with TrainEps the value that it starts at
	TrainEps             bool           // train ε, the weight eps
	HiddenActivationFunc Func           // replaces HiddenActivation if set; it has no JSON
	Trainable                           // of all layers of the MLP and of the edges; activity regulariser and ActivationFunc of the last
	made
}

// NewGINEConv is a GINEConv on the edges' attributes whose MLP has the given
// units, the last of which are its output's, with relu between its layers, and
// ε fixed at 0.
func NewGINEConv(units ...int) *GINEConv {
	l := &GINEConv{HiddenActivation: ops.ReLU, Edges: EdgeAttributes, made: byNew()}
	if n := len(units); n > 0 {
		l.Hidden, l.Units = units[:n-1], units[n-1]
	}
	return l
}

// Class implements Classed.
func (*GINEConv) Class() string { return "gineconv" }

// Apply implements Layer.
func (l *GINEConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		gin := l.gin()
		gin.checkOptions(in)
		ensure(l.Edges.check())
		x := must(in.X.ToDense())
		sum := must(G.Add(gin.own(sc, x), byGraph(in, l.heard(sc, in, asRows(x)))))
		return l.regularized(sc, gin.layers(sc, in.WithX(sum)))
	})
}

// gin is the layer without what it hears.
func (l *GINEConv) gin() *GINConv {
	return &GINConv{
		Hidden: l.Hidden, Units: l.Units, HiddenActivation: l.HiddenActivation, Activation: l.Activation,
		Eps: l.Eps, TrainEps: l.TrainEps, HiddenActivationFunc: l.HiddenActivationFunc, Trainable: l.Trainable,
	}
}

// heard is Σ_j relu(x_j + f_ij·U + u) for each node.
func (l *GINEConv) heard(sc *param.Scope, in modes.Graph, x *G.Node) *G.Node {
	list := listEdges(in, l.Edges, l.ToColumns)
	sent := must(ops.Gather(x, list.senders()))
	if list.f != nil {
		n := in.X.Width()
		w := l.kernel(sc, "edge_kernel", list.f.Shape()[1], n)
		f := must(ops.Linear(list.f, w, l.bias(sc, "edge_bias", n), ops.Identity))
		sent = must(G.Add(sent, f))
	}
	return must(ops.SegmentSum(must(ops.Activate(sent, ops.ReLU)), list.heard()))
}
