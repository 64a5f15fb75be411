package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Dense is a fully connected layer on each node's features:
//
//	X' = a(X·W + b)
//
// Modes: all. Shapes: X' has X's rows and Units columns. Sparse features are
// multiplied without being made dense. The adjacency is passed on, not read.
// Gradient: to X and the weights. As Keras's layer.
type Dense struct {
	Units      int            // the number of features it gives, at least 1
	Activation ops.Activation // default: none
	Trainable
	made
}

// NewDense is a Dense layer of so many units.
func NewDense(units int) *Dense { return &Dense{Units: units, made: byNew()} }

// Class implements Classed.
func (*Dense) Class() string { return "dense" }

// Apply implements Layer.
func (l *Dense) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node { return l.features(sc, in) })
}

func (l *Dense) features(sc *param.Scope, in modes.Graph) *G.Node {
	ensure(in.Check())
	ensure(atLeast("Units", l.Units, 1))
	return l.regularized(sc, l.linear(sc, in.X, l.Units, l.Activation))
}

// MLP is a sequence of dense layers: Hidden with Activation after each, then
// Units without activation.
//
// Modes: all. Shapes: X' has X's rows and Units columns. Gradient: to X and the
// weights. As PyG's MLP with plain_last, without its normalisation and dropout.
type MLP struct {
	Hidden     []int          // the units of the layers before the last; may be empty
	Units      int            // those of the last, at least 1
	Activation ops.Activation // after each hidden layer; default: none
	Trainable                 // the activity regulariser is that of the last layer
	made
}

// NewMLP is an MLP with the given units, the last of which are its output's,
// and relu between the layers.
func NewMLP(units ...int) *MLP {
	l := &MLP{Activation: ops.ReLU, made: byNew()}
	if n := len(units); n > 0 {
		l.Hidden, l.Units = units[:n-1], units[n-1]
	}
	return l
}

// Class implements Classed.
func (*MLP) Class() string { return "mlp" }

// Apply implements Layer.
func (l *MLP) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node { return l.logits(sc, in) })
}

// logits is the last layer's output.
func (l *MLP) logits(sc *param.Scope, in modes.Graph) (y *G.Node) {
	for i, n := range append(append([]int{}, l.Hidden...), l.Units) {
		d := Dense{Units: n, Trainable: l.Trainable}
		if i < len(l.Hidden) {
			d.Activation, d.Activity = l.Activation, nil
		} else {
			d.ActivationFunc = nil
		}
		y = d.features(sc.Sub("dense"), in)
		in = in.WithX(y)
	}
	return y
}

// Activation applies a function to every feature, for models that need it apart
// from a layer, for example after a norm:
//
//	X' = a(X)
//
// Modes: all. Shapes: X' has the shape of X. Sparse features are made dense. A
// may be nil, and is passed on. Gradient: to X. As Keras's layer.
type Activation struct {
	Activation     ops.Activation // a
	ActivationFunc Func           // replaces Activation if set; it has no JSON
	made
}

// NewActivation is an Activation by a.
func NewActivation(a ops.Activation) *Activation { return &Activation{Activation: a, made: byNew()} }

// Class implements Classed.
func (*Activation) Class() string { return "activation" }

// Apply implements Layer.
func (l *Activation) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(*param.Scope) *G.Node {
		ensure(in.Check())
		return Trainable{ActivationFunc: l.ActivationFunc}.activate(must(in.X.ToDense()), l.Activation)
	})
}

// Dropout sets each feature to 0 with probability P in training, and divides
// the others by 1 − P. In evaluation the features are unchanged.
//
// The mask depends on the store's seed, the layer's position in the model, and
// the number of the step, so the same seed gives the same training.
//
// Modes: all. Shapes: X' has the shape of X. Sparse features are made dense. A
// may be nil, and is passed on. Gradient: to X, through the mask. As Keras's
// layer.
// Source: Srivastava et al., Dropout: A Simple Way to Prevent Neural Networks
// from Overfitting, JMLR 15, 2014.
type Dropout struct {
	P float64 // the probability, in [0, 1)
	made
}

// NewDropout is a Dropout with probability p.
func NewDropout(p float64) *Dropout { return &Dropout{P: p, made: byNew()} }

// Class implements Classed.
func (*Dropout) Class() string { return "dropout" }

// Apply implements Layer.
func (l *Dropout) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		ensure(in.Check())
		ensure(probability("P", l.P))
		x := must(in.X.ToDense())
		if l.P == 0 || !sc.Training() {
			return x
		}
		return must(ops.Dropout(x, l.P, sc.Seed()))
	})
}
