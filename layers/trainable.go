package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Trainable is the options of every layer with weights. Kernels start as
// Glorot uniform and biases as zero, as in Keras, unless a Spec says
// otherwise.
type Trainable struct {
	Kernel         param.Spec    // initialiser, regulariser and constraint of the kernels
	Bias           param.Spec    // those of the biases
	NoBias         bool          // without biases
	Activity       param.Penalty // regulariser of the layer's output, of a soft pooler's assignment; nil for none
	ActivationFunc Func          // in place of Activation where set; it has no JSON
}

// Func is an activation as a function that adds its own nodes, shaped as y.
type Func func(y *G.Node) (*G.Node, error)

// kernel is a weight named name.
func (t Trainable) kernel(sc *param.Scope, name string, shape ...int) (*G.Node, error) {
	return sc.Param(name, param.GlorotUniform{}, t.Kernel, shape...)
}

// bias is a bias of n, nil without biases.
func (t Trainable) bias(sc *param.Scope, name string, n int) (*G.Node, error) {
	if t.NoBias {
		return nil, nil
	}
	return sc.Param(name, param.Zeros{}, t.Bias, n)
}

// linear is a(X·W + b) with the weights kernel and bias of the scope.
func (t Trainable) linear(sc *param.Scope, x modes.Features, n int, a ops.Activation) (*G.Node, error) {
	w, err := t.kernel(sc, "kernel", x.Width(), n)
	if err != nil {
		return nil, err
	}
	b, err := t.bias(sc, "bias", n)
	if err != nil {
		return nil, err
	}
	if t.ActivationFunc == nil {
		return x.Linear(w, b, a)
	}
	y, err := x.Linear(w, b, ops.Identity)
	if err != nil {
		return nil, err
	}
	return t.activate(y, a)
}

// convolve is a(A·x + b); b may be nil.
func (t Trainable) convolve(adj modes.Adj, x, b *G.Node, a ops.Activation) (*G.Node, error) {
	if t.ActivationFunc == nil {
		return adj.Convolve(x, b, a)
	}
	y, err := adj.Convolve(x, b, ops.Identity)
	if err != nil {
		return nil, err
	}
	return t.activate(y, a)
}

// finish is a(y + b); b may be nil.
func (t Trainable) finish(y, b *G.Node, a ops.Activation) (*G.Node, error) {
	switch {
	case b == nil:
		return t.activate(y, a)
	case t.ActivationFunc == nil:
		return ops.BiasActivate(y, b, a)
	}
	y, err := ops.BiasActivate(y, b, ops.Identity)
	if err != nil {
		return nil, err
	}
	return t.activate(y, a)
}

// activate is a(y), or what ActivationFunc makes of y.
func (t Trainable) activate(y *G.Node, a ops.Activation) (*G.Node, error) {
	switch {
	case t.ActivationFunc != nil:
		z, err := t.ActivationFunc(y)
		if err == nil && (z == nil || !z.Shape().Eq(y.Shape())) {
			err = fmt.Errorf("ActivationFunc gave %v, want a node of shape %v", z, y.Shape())
		}
		return z, err
	case a == ops.Identity:
		return y, nil
	}
	return ops.Activate(y, a)
}

// regularize registers the activity regulariser of the output y.
func (t Trainable) regularize(sc *param.Scope, y *G.Node) error {
	if t.Activity == nil {
		return nil
	}
	return sc.AddPenalty(t.Activity, y)
}

// fail puts the layer's place in the model before an error.
func fail(sc *param.Scope, err error) error {
	return fmt.Errorf("layers: %s: %w", sc.Path(), err)
}

// failf is fail with a message.
func failf(sc *param.Scope, format string, args ...any) error {
	return fail(sc, fmt.Errorf(format, args...))
}
