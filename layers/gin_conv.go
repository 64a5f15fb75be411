package layers

import (
	"fmt"
	"strconv"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// GINConv is a graph convolution that tells neighbourhoods apart as well as
// the Weisfeiler-Leman test:
//
//	x'_i = MLP((1 + ε)·x_i + Σ_j a_ij x_j)
//
// The MLP has layers of Hidden units with HiddenActivation after each, then
// one of Units with Activation. The first product X·W is computed before the
// sum: the result is the same, and sparse features need no dense form.
//
// Modes: all. Shapes: X' has X's rows and Units columns. A is passed on as it
// came, and not normalised. Gradient: to X, the weights, ε where it is
// trained, and the edge weights of A.
//
// As PyG's layer with ToColumns. Spektral's sets TrainEps and has batch
// normalisation in its MLP; here a BatchNorm between layers does that.
// Source: Xu, Hu, Leskovec, Jegelka, How Powerful are Graph Neural Networks?,
// ICLR 2019, arXiv 1810.00826.
type GINConv struct {
	Hidden           []int          // units of the MLP's hidden layers; may be empty
	Units            int            // those of the last, at least 1
	HiddenActivation ops.Activation // after each hidden layer; NewGINConv sets relu
	Activation       ops.Activation // after the last; default: none
	Neighbours
	Eps                  float64 // ε; with TrainEps the value that it starts at
	TrainEps             bool    // train ε, the weight eps
	HiddenActivationFunc Func    // replaces HiddenActivation if set; it has no JSON
	Trainable                    // of all layers of the MLP; activity regulariser and ActivationFunc of the last
	made
}

// NewGINConv is a GINConv whose MLP has the given units, the last of which
// are its output's, with relu between its layers, and ε fixed at 0.
func NewGINConv(units ...int) *GINConv {
	l := &GINConv{HiddenActivation: ops.ReLU, Neighbours: Neighbours{Aggregation: Sum}, made: byNew()}
	if n := len(units); n > 0 {
		l.Hidden, l.Units = units[:n-1], units[n-1]
	}
	return l
}

// Class implements Classed.
func (*GINConv) Class() string { return "ginconv" }

// Apply implements Layer.
func (l *GINConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		l.checkOptions(in)
		return l.regularized(sc, l.mlp(sc, in))
	})
}

func (l *GINConv) checkOptions(in modes.Graph) {
	ensure(in.CheckA())
	ensure(allAtLeast("Hidden", l.Hidden, 1))
	ensure(atLeast("Units", l.Units, 1))
	if l.Eps-l.Eps != 0 {
		ensure(unwanted("Eps", l.Eps, "a finite number"))
	}
	ensure(l.check())
	if !l.Aggregation.linear() {
		ensure(unwanted("Aggregation", strconv.Quote(string(l.Aggregation)), fmt.Sprintf("%s, %s or %s, which the MLP's first product may come before", Sum, Mean, WeightedMean)))
	}
}

// mlp is the layers of the MLP in turn.
func (l *GINConv) mlp(sc *param.Scope, in modes.Graph) (y *G.Node) {
	for i, n := range l.units() {
		layer := sc.Sub("dense")
		t, act := l.after(i)
		if i == 0 {
			y = t.activate(l.first(sc, layer, in, n), act)
		} else {
			y = t.linear(layer, modes.Features{Dense: y}, n, act)
		}
	}
	return y
}

// layers is the MLP on the features of in alone.
func (l *GINConv) layers(sc *param.Scope, in modes.Graph) *G.Node {
	x := in.X
	for i, n := range l.units() {
		t, act := l.after(i)
		x = modes.Features{Dense: t.linear(sc.Sub("dense"), x, n, act)}
	}
	return x.Dense
}

// units is the units of every layer of the MLP.
func (l *GINConv) units() []int { return append(append([]int{}, l.Hidden...), l.Units) }

// after is the options of layer i of the MLP, and its activation.
func (l *GINConv) after(i int) (Trainable, ops.Activation) {
	t := l.Trainable
	if i < len(l.Hidden) {
		t.ActivationFunc = l.HiddenActivationFunc
		return t, l.HiddenActivation
	}
	return t, l.Activation
}

// first is the MLP's first layer on the sum: (1 + ε)·XW + A·XW + b.
func (l *GINConv) first(sc, layer *param.Scope, in modes.Graph, n int) *G.Node {
	w := l.kernel(layer, "kernel", in.X.Width(), n)
	y := must(G.Add(
		l.own(sc, must(in.X.Mul(w))),
		l.gatherLinear(in, in.X, w, in.PropagatesBeside(sc.Learnables())),
	))
	if b := l.bias(layer, "bias", n); b != nil {
		y = must(ops.BiasActivate(y, b, ops.Identity))
	}
	return y
}

// own is (1 + ε)·x.
func (l *GINConv) own(sc *param.Scope, x *G.Node) *G.Node {
	if !l.TrainEps {
		return must(ops.Affine(x, 1+l.Eps, 0))
	}
	eps := must(sc.Param("eps", param.Constant{Value: l.Eps}, param.Spec{}, 1))
	eps = must(ops.Affine(eps, 1, 1))
	rows := x.Shape().TotalSize() / x.Shape()[x.Dims()-1]
	return must(ops.RowScale(x, must(ops.Spread(eps, ops.OneSegment(), rows))))
}

// GINEConv is GINConv with features of the edges:
//
//	x'_i = MLP((1 + ε)·x_i + Σ_j relu(x_j + f_ij·U + u))
//
// f_ij are the features of the edge from j that Edges selects, U and u are the
// weights edge_kernel and edge_bias. The MLP and ε are those of GINConv.
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
