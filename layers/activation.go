package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Activation applies a function to every feature, for a model in which it
// does not stand right behind a layer, such as after a norm:
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
