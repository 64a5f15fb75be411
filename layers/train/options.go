package train

import (
	"errors"
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
)

// Options of a [Trainer]. The zero value trains on the loss with the
// penalties of the weights, without clipping.
type Options struct {
	// Outputs lists nodes whose values can be read after a step with
	// [Trainer.Value]. Values of one element are copied out at every step;
	// larger ones only in the step after [Trainer.Fetch].
	Outputs []*G.Node
	// Constants lists inputs of the graph that multiply what weights computed
	// from the right, as weights do, and are not to be trained.
	Constants []*G.Node
	// Sealed lists inputs of the graph whose tensors nobody writes into as long as
	// the trainer lives, so that they need not be looked at in each step: what is
	// kept of them, such as Â·X, is known by the tensor. They may still be given
	// another tensor by gorgonia.Let.
	Sealed []*G.Node
	// ClipValue limits each entry of each gradient to ±ClipValue; 0 does not.
	ClipValue float64
	// ClipNorm scales all gradients down together where their joint Euclidean
	// norm is larger; 0 does not. It comes after ClipValue.
	ClipNorm float64
	// Rate gives the learning rate of each step, counted from 0, to a solver
	// that has a method SetLR(float64), such as [Adam]; nil leaves the
	// solver's own.
	Rate Schedule
	// NoPenalties leaves the regularisers of the weights and of the outputs
	// out of the loss.
	NoPenalties bool
	// GradientsOnly leaves the value of the loss out, and all that it alone needs:
	// [Trainer.Run] gives 0. It is for a trainer without a solver.
	GradientsOnly bool
	// NoConstraints leaves out the constraints of the weights.
	NoConstraints bool
}

func (o Options) check(g *G.ExprGraph, solver G.Solver) error {
	if !(o.ClipValue >= 0) || math.IsInf(o.ClipValue, 0) {
		return fmt.Errorf("train: ClipValue = %v, want at least 0", o.ClipValue)
	}
	if !(o.ClipNorm >= 0) || math.IsInf(o.ClipNorm, 0) {
		return fmt.Errorf("train: ClipNorm = %v, want at least 0", o.ClipNorm)
	}
	if _, ok := solver.(rateSetter); o.Rate != nil && !ok {
		return fmt.Errorf("train: Rate is set, but %T has no method SetLR", solver)
	}
	if o.GradientsOnly && solver != nil {
		return errors.New("train: GradientsOnly is set, want no solver: a step looks at the loss")
	}
	for i, n := range o.Outputs {
		if n == nil || n.Graph() != g {
			return fmt.Errorf("train: Outputs[%d] is nil or of another graph", i)
		}
	}
	for i, n := range o.Sealed {
		if n == nil || n.Graph() != g || n.Op() != nil {
			return fmt.Errorf("train: Sealed[%d] is nil, of another graph or not an input", i)
		}
	}
	return nil
}

type rateSetter interface{ SetLR(float64) }
