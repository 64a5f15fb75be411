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
