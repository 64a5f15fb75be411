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
}

// NewDense is a Dense layer of so many units.
func NewDense(units int) *Dense { return &Dense{Units: units} }

// Apply implements Layer.
func (l *Dense) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	sc = sc.Sub("dense")
	y, err := l.apply(sc, in)
	if err != nil {
		return Output{}, fail(sc, err)
	}
	return Output{Graph: in.WithX(y)}, nil
}

func (l *Dense) apply(sc *param.Scope, in modes.Graph) (*G.Node, error) {
	if err := in.Check(); err != nil {
		return nil, err
	}
	if err := atLeast("Units", l.Units, 1); err != nil {
		return nil, err
	}
	y, err := l.linear(sc, in.X, l.Units, l.Activation)
	if err != nil {
		return nil, err
	}
	return y, l.regularize(sc, y)
}

// MLP is dense layers one after the other: Hidden with Activation between
// them, then Units without.
//
// Modes: all. Shapes: X' has X's rows and Units columns. Gradient: to X and the
// weights. As PyG's MLP with plain_last, without its normalisation and dropout.
type MLP struct {
	Hidden     []int          // the units of the layers before the last; may be empty
	Units      int            // those of the last, at least 1
	Activation ops.Activation // after each hidden layer; default: none
	Trainable                 // the activity regulariser is that of the last layer
}

// NewMLP is an MLP with the given units, the last of which are its output's,
// and relu between the layers.
func NewMLP(units ...int) *MLP {
	m := &MLP{Activation: ops.ReLU}
	if n := len(units); n > 0 {
		m.Hidden, m.Units = units[:n-1], units[n-1]
	}
	return m
}

// Apply implements Layer.
func (l *MLP) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	sc = sc.Sub("mlp")
	y, err := l.logits(sc, in)
	if err != nil {
		return Output{}, fail(sc, err)
	}
	return Output{Graph: in.WithX(y)}, nil
}

// logits is the last layer's output.
func (l *MLP) logits(sc *param.Scope, in modes.Graph) (y *G.Node, err error) {
	for i, n := range append(append([]int{}, l.Hidden...), l.Units) {
		d := Dense{Units: n, Trainable: l.Trainable}
		if i < len(l.Hidden) {
			d.Activation, d.Activity = l.Activation, nil
		} else {
			d.ActivationFunc = nil
		}
		if y, err = d.apply(sc.Sub("dense"), in); err != nil {
			return nil, err
		}
		in = in.WithX(y)
	}
	return y, nil
}
