package layers

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Trainable has the options of every layer with weights. Kernels start as
// Glorot uniform and biases as zero, as in Keras, unless a Spec says otherwise.
type Trainable struct {
	Kernel         param.Spec    // initialiser, regulariser and constraint of the kernels
	Bias           param.Spec    // those of the biases
	NoBias         bool          // without biases
	Activity       param.Penalty // regulariser of the layer's output, of a soft pooler's assignment; nil for none
	ActivationFunc Func          // replaces Activation if set; it has no JSON
}

// Func is an activation as a function that adds its own nodes, shaped as y.
type Func func(y *G.Node) (*G.Node, error)

// kernel is a weight named name.
func (t Trainable) kernel(sc *param.Scope, name string, shape ...int) *G.Node {
	return must(sc.Param(name, param.GlorotUniform{}, t.Kernel, shape...))
}

// bias is a bias of n, nil without biases.
func (t Trainable) bias(sc *param.Scope, name string, n int) *G.Node {
	if t.NoBias {
		return nil
	}
	return must(sc.Param(name, param.Zeros{}, t.Bias, n))
}

// linear is a(X·W + b) with the weights kernel and bias of the scope.
func (t Trainable) linear(sc *param.Scope, x modes.Features, n int, a ops.Activation) *G.Node {
	w := t.kernel(sc, "kernel", x.Width(), n)
	b := t.bias(sc, "bias", n)
	if t.ActivationFunc == nil {
		return must(x.Linear(w, b, a))
	}
	return t.activate(must(x.Linear(w, b, ops.Identity)), a)
}

// convolve is a(A·x + b); b may be nil.
func (t Trainable) convolve(adj modes.Adj, x, b *G.Node, a ops.Activation) *G.Node {
	if t.ActivationFunc == nil {
		return must(adj.Convolve(x, b, a))
	}
	return t.activate(must(adj.Convolve(x, b, ops.Identity)), a)
}

// finish is a(y + b); b may be nil.
func (t Trainable) finish(y, b *G.Node, a ops.Activation) *G.Node {
	switch {
	case b == nil:
		return t.activate(y, a)
	case t.ActivationFunc == nil:
		return must(ops.BiasActivate(y, b, a))
	}
	return t.activate(must(ops.BiasActivate(y, b, ops.Identity)), a)
}

// activate is a(y), or what ActivationFunc makes of y.
func (t Trainable) activate(y *G.Node, a ops.Activation) *G.Node {
	switch {
	case t.ActivationFunc != nil:
		z := must(t.ActivationFunc(y))
		if z == nil || !z.Shape().Eq(y.Shape()) {
			ensure(fmt.Errorf("ActivationFunc gave %v, want a node of shape %v", z, y.Shape()))
		}
		return z
	case a == ops.Identity:
		return y
	}
	return must(ops.Activate(y, a))
}

// noActivation errs where there is an activation by function, for layers that
// have none.
func (t Trainable) noActivation() error {
	if t.ActivationFunc != nil {
		return errors.New("ActivationFunc is set, want none: the layer has no activation")
	}
	return nil
}

// regularized is the output y, whose activity regulariser it registers.
func (t Trainable) regularized(sc *param.Scope, y *G.Node) *G.Node {
	if t.Activity != nil {
		ensure(sc.AddPenalty(t.Activity, y))
	}
	return y
}

// propagate is act((a·X)·W + b), with a·X kept; b may be nil.
func (t Trainable) propagate(in modes.Graph, a modes.Adj, w, b *G.Node, act ops.Activation) *G.Node {
	if t.ActivationFunc == nil {
		return must(in.PropagateLinear(a, w, b, act))
	}
	return t.activate(must(in.PropagateLinear(a, w, b, ops.Identity)), act)
}

// propagateBeside is act((a·X)·W + X·V + b), with a·X kept; b may be nil.
func (t Trainable) propagateBeside(in modes.Graph, a modes.Adj, w, v, b *G.Node, act ops.Activation) *G.Node {
	if t.ActivationFunc == nil {
		return must(in.PropagateLinearBeside(a, w, v, b, act))
	}
	return t.activate(must(in.PropagateLinearBeside(a, w, v, b, ops.Identity)), act)
}

// linearBeside is act(X·W + Z·V + b); b may be nil.
func (t Trainable) linearBeside(x modes.Features, w *G.Node, z modes.Features, v, b *G.Node, act ops.Activation) *G.Node {
	switch {
	case x.Dense == nil || z.Dense == nil:
		return t.finish(must(G.Add(must(x.Mul(w)), must(z.Mul(v)))), b, act)
	case t.ActivationFunc == nil:
		return must(ops.LinearBeside(x.Dense, w, z.Dense, v, b, act))
	}
	return t.activate(must(ops.LinearBeside(x.Dense, w, z.Dense, v, b, ops.Identity)), act)
}
