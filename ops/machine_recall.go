package ops

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"
)

// Recall is y with a value that is known: it gives value and does not compute y,
// and has the derivatives of y. It is for gradients of a layer whose result was
// computed before, and kept:
//
//	y = a(x·W + b)        computed once, and kept
//	r = Recall(y, value)  gives it; ∂L/∂W = xᵀ·(∂L/∂r ⊙ a'(r))
//
// value has to be what y would be: nothing checks that. ok is false, and there is
// no node, where y is made by another operation than [Linear], [LinearBeside],
// [Activate] and [BiasActivate], or is an input.
//
// Shapes: value as y, and so is the result.
// Gradient: to the inputs of y as that of y; to value, none.
func Recall(y, value *G.Node) (recalled *G.Node, ok bool, err error) {
	if y == nil || value == nil {
		return nil, false, errors.New("ops: Recall: y or its value is nil, want nodes")
	}
	of := opOf(y)
	if of == nil || !of.byResult {
		return nil, false, nil
	}
	if !same(value.Shape(), y.Shape()) || value.Dtype() != y.Dtype() {
		return nil, false, fmt.Errorf("ops: Recall: the value is %v of shape %v, want %v of %v, as y", value.Dtype(), value.Shape(), y.Dtype(), y.Shape())
	}
	in := nodesOf(childrenOf(y))
	last := len(in)
	o := &op{
		name: "Recall", attrs: of.name + "{" + of.attrs + "}",
		shape: fixed(y.Shape().Clone()),
		diff:  func(d *derivation, in []ref, y, g ref) []ref { return of.diff(d, in[:last], y, g) },
		wrt:   of.DiffWRT(last),
	}
	o.any = func(in []G.Value) (G.Value, error) {
		if o.readByOwn() {
			return in[last], nil
		}
		return G.CloneValue(in[last]) // an operation of Gorgonia's may write into what it reads
	}
	recalled, err = apply(o, append(in, value)...)
	return recalled, err == nil, err
}
