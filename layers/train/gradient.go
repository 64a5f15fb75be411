package train

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/ops/host"
)

// weight is a trained weight and the gradient of the last run. It is what a
// solver gets to see.
//
// The gradient is copied out by a tap instead of being bound to the node by
// BindDualValues, which adds to what is there until a solver zeroes it: a run
// without a step would leave its gradient in the next one. The copy also
// keeps solvers, which write into gradients, away from the machine's memory.
type weight struct {
	*param.Used
	tap    *tap
	grad   *tensor.Dense
	finite bool // every element of grad
}

// Value implements gorgonia.ValueGrad.
func (w *weight) Value() G.Value { return w.Tensor }

// Grad implements gorgonia.ValueGrad.
func (w *weight) Grad() (G.Value, error) { return w.grad, nil }

// Name implements gorgonia.Namer.
func (w *weight) Name() string { return w.Path }

// load takes the gradient from the tap, which has copied it to its place where
// it is shaped as the weight. A gradient that has the elements of the weight in
// another shape (a row for a vector) is taken as it lies.
func (w *weight) load() error {
	v := w.tap.value
	if v == G.Value(w.grad) {
		w.finite = w.tap.finite
		return nil
	}
	if v == nil || v.Shape().TotalSize() != w.Tensor.Shape().TotalSize() {
		return fmt.Errorf("train: %s: gradient of a wrong shape for %v", w.Path, w.Tensor.Shape())
	}
	if !copyData(w.grad.Data(), v.Data()) {
		x, err := scalarOf(v)
		if err != nil {
			return fmt.Errorf("train: %s: %w", w.Path, err)
		}
		if err := w.grad.Memset(castTo(w.grad.Dtype(), x)); err != nil {
			return err
		}
	}
	w.finite = finite(w.grad)
	return nil
}

func castTo(dt tensor.Dtype, x float64) any {
	if dt == tensor.Float32 {
		return float32(x)
	}
	return x
}

// differentiate calls Grad, once, and taps the gradients.
func (t *Trainer) differentiate(sc *param.Scope, loss *G.Node) (roots G.Nodes, err error) {
	used, derivs, err := t.grad(sc, loss)
	if err != nil {
		return nil, err
	}
	for i, u := range used {
		tapped, root, err := newTap(derivs[i])
		if err != nil {
			return nil, err
		}
		shape := u.Tensor.Shape().Clone()
		w := &weight{Used: u, tap: tapped, grad: tensor.New(tensor.Of(sc.Dtype()), tensor.WithShape(shape...))}
		tapped.value, tapped.looks = w.grad, true
		t.weights = append(t.weights, w)
		t.model = append(t.model, w)
		roots = append(roots, root)
	}
	return roots, nil
}

// grad leaves out the weights that Gorgonia reports as having no influence on
// the loss. It does so before it builds anything, so Grad can be called again.
func (t *Trainer) grad(sc *param.Scope, loss *G.Node) ([]*param.Used, G.Nodes, error) {
	var used []*param.Used
	var nodes G.Nodes
	for _, u := range sc.Used() {
		if !u.Spec.Frozen {
			used, nodes = append(used, u), append(nodes, u.Node)
		}
	}
	for len(nodes) > 0 {
		derivs, err := G.Grad(loss, nodes...)
		if err == nil {
			return used, derivs, nil
		}
		var bad G.SymDiffError
		if !errors.As(err, &bad) || bad.Node() != nil || !t.drop(bad.Nodes(), &used, &nodes) {
			return nil, nil, fmt.Errorf("train: gradient of the loss: %w", err)
		}
	}
	return nil, nil, errors.New("train: the loss depends on no weight")
}

// drop removes bad from both lists; false if none of them is there.
func (t *Trainer) drop(bad G.Nodes, used *[]*param.Used, nodes *G.Nodes) bool {
	var us []*param.Used
	var ns G.Nodes
	for i, n := range *nodes {
		if bad.Contains(n) {
			t.unused = append(t.unused, (*used)[i].Path)
			continue
		}
		us, ns = append(us, (*used)[i]), append(ns, n)
	}
	found := len(ns) < len(*nodes)
	*used, *nodes = us, ns
	return found
}

// finite tells whether all elements of t are finite.
func finite(t *tensor.Dense) bool {
	switch x := t.Data().(type) {
	case []float32:
		return host.Finite(x)
	case []float64:
		return host.Finite(x)
	}
	return true
}
