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
