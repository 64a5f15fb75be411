package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// Given is a layer of features that are there already: X' = x, whatever X is;
// without x it is X as it came. It makes options that are layers take nodes,
// such as those of DiffPool. It has no JSON.
//
// Modes: all. Shapes: x has the rows of X, which the layer it is given to
// checks.
func Given(x *G.Node) Layer { return given{x} }

type given struct{ x *G.Node }

// Apply implements Layer.
func (l given) Apply(_ *param.Scope, in modes.Graph) (Output, error) {
	if l.x == nil {
		return Output{Graph: in}, nil
	}
	return Output{Graph: in.WithX(l.x)}, nil
}
