package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// Precomputed is a layer of features that are there already: X' = x, whatever X is;
// without x it is X as it came. It makes options that are layers take nodes,
// such as those of DiffPool. It has no JSON.
//
// Modes: all. Shapes: x has the rows of X, which the layer it is given to
// checks.
func Precomputed(x *G.Node) Layer { return precomputed{x} }

type precomputed struct{ x *G.Node }

// Apply implements Layer.
func (l precomputed) Apply(_ *param.Scope, in modes.Graph) (Output, error) {
	if l.x == nil {
		return Output{Graph: in}, nil
	}
	return Output{Graph: in.WithX(l.x)}, nil
}
