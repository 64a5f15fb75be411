package layers

import (
	"fmt"

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
// one of Units with Activation. Its first product is taken before the sum,
// which is the same and lets sparse features be multiplied as they are.
//
// Modes: all. Shapes: X' has X's rows and Units columns. A is passed on as it
// came, and not normalised. Gradient: to X, the weights, ε where it is
// trained, and the edge weights of A.
//
// As PyG's layer with ToColumns. Spektral's has TrainEps, and batch
// normalisation in its MLP, which a BatchNorm between layers gives here.
// Source: Xu, Hu, Leskovec, Jegelka, How Powerful are Graph Neural Networks?,
// ICLR 2019, arXiv 1810.00826.
type GINConv struct {
	Hidden           []int          // units of the MLP's hidden layers; may be empty
	Units            int            // those of the last, at least 1
	HiddenActivation ops.Activation // after each hidden layer; NewGINConv sets relu
	Activation       ops.Activation // after the last; default: none
	Neighbours
	Eps                  float64 // ε, or what it starts at
	TrainEps             bool    // train ε, the weight eps
	HiddenActivationFunc Func    // in place of HiddenActivation where set; it has no JSON
	Trainable                    // of all layers of the MLP; activity regulariser and ActivationFunc of the last
}

// NewGINConv is a GINConv whose MLP has the given units, the last of which
// are its output's, with relu between its layers, and ε fixed at 0.
func NewGINConv(units ...int) *GINConv {
	l := &GINConv{HiddenActivation: ops.ReLU, Neighbours: Neighbours{Aggregation: Sum}}
	if n := len(units); n > 0 {
		l.Hidden, l.Units = units[:n-1], units[n-1]
	}
	return l
}

// Apply implements Layer.
func (l *GINConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	sc = sc.Sub("ginconv")
	y, err := l.apply(sc, in)
	if err == nil {
		err = l.regularize(sc, y)
	}
	if err != nil {
		return Output{}, fail(sc, err)
	}
	return Output{Graph: in.WithX(y)}, nil
}

func (l *GINConv) apply(sc *param.Scope, in modes.Graph) (*G.Node, error) {
	if err := l.checkOptions(in); err != nil {
		return nil, err
	}
	units := append(append([]int{}, l.Hidden...), l.Units)
	x := in.X
	var y *G.Node
	for i, n := range units {
		layer, t, act := sc.Sub("dense"), l.Trainable, l.Activation
		if i < len(l.Hidden) {
			t.ActivationFunc, act = l.HiddenActivationFunc, l.HiddenActivation
		}
		var err error
		if i > 0 {
			y, err = t.linear(layer, x, n, act)
		} else if y, err = l.first(sc, layer, in, n); err == nil {
			y, err = t.activate(y, act)
		}
		if err != nil {
			return nil, err
		}
		x = modes.Features{Dense: y}
	}
	return y, nil
}

func (l *GINConv) checkOptions(in modes.Graph) error {
	if err := in.CheckA(); err != nil {
		return err
	}
	for i, n := range l.Hidden {
		if err := atLeast(fmt.Sprintf("Hidden[%d]", i), n, 1); err != nil {
			return err
		}
	}
	if err := atLeast("Units", l.Units, 1); err != nil {
		return err
	}
	if l.Eps-l.Eps != 0 {
		return unwanted("Eps", l.Eps, "a finite number")
	}
	return l.check()
}

// first is the MLP's first layer on the sum: (1 + ε)·XW + A·XW + b.
func (l *GINConv) first(sc, layer *param.Scope, in modes.Graph, n int) (*G.Node, error) {
	w, err := l.kernel(layer, "kernel", in.X.Width(), n)
	if err != nil {
		return nil, err
	}
	xw, err := in.X.Mul(w)
	if err != nil {
		return nil, err
	}
	heard, err := l.gather(in, xw)
	if err != nil {
		return nil, err
	}
	own, err := l.own(sc, xw)
	if err != nil {
		return nil, err
	}
	y, err := G.Add(own, heard)
	if err != nil {
		return nil, err
	}
	b, err := l.bias(layer, "bias", n)
	if err != nil || b == nil {
		return y, err
	}
	return ops.BiasActivate(y, b, ops.Identity)
}

// own is (1 + ε)·x.
func (l *GINConv) own(sc *param.Scope, x *G.Node) (*G.Node, error) {
	if !l.TrainEps {
		return ops.Affine(x, 1+l.Eps, 0)
	}
	eps, err := sc.Param("eps", param.Constant{Value: l.Eps}, param.Spec{}, 1)
	if err != nil {
		return nil, err
	}
	if eps, err = ops.Affine(eps, 1, 1); err != nil {
		return nil, err
	}
	factor, err := ops.Spread(eps, ops.OneSegment(), x.Shape().TotalSize()/x.Shape()[x.Dims()-1])
	if err != nil {
		return nil, err
	}
	return ops.RowScale(x, factor)
}
