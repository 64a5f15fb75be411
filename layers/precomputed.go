package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// Precomputed is a layer that gives features which exist already: X' = x,
// whatever X is. Without x it gives X itself. With it, options that are layers
// take nodes, such as those of DiffPool. It has no JSON.
//
// Modes: all. Shapes: x has the rows of X; the layer that it is given to
// checks that.
func Precomputed(x *G.Node) Layer { return precomputed{x} }

type precomputed struct{ x *G.Node }

// Apply implements Layer.
func (l precomputed) Apply(_ *param.Scope, in modes.Graph) (Output, error) {
	if l.x == nil {
		return Output{Graph: in}, nil
	}
	return Output{Graph: in.WithX(l.x)}, nil
}
