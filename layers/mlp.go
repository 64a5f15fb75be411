package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

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
