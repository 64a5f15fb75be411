package train

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Fetch asks for the values of kept nodes of more than one element to be
// copied out in the next step. Without arguments it asks for all of them.
func (t *Trainer) Fetch(nodes ...*G.Node) error {
	if len(nodes) == 0 {
		nodes = t.opts.Outputs
	}
	for _, n := range nodes {
		if t.kept[n] == nil {
			return fmt.Errorf("train: node %v is not among Options.Outputs", n)
		}
	}
	for _, n := range nodes {
		t.kept[n].on = true
	}
	return nil
}

// Value is a kept node's value in the last step that copied it. The memory is
// overwritten when the node is copied again; clone what is to last.
func (t *Trainer) Value(n *G.Node) (G.Value, error) {
	k := t.kept[n]
	if k == nil {
		return nil, fmt.Errorf("train: node %v is not among Options.Outputs", n)
	}
	if k.value == nil {
		return nil, fmt.Errorf("train: node %v has not been read yet: call Fetch before the step", n)
	}
	return k.value, nil
}

// Scalar is a kept node's single number in the last step.
func (t *Trainer) Scalar(n *G.Node) (float64, error) {
	v, err := t.Value(n)
	if err != nil {
		return 0, err
	}
	return scalarOf(v)
}

// Gradient is the gradient of the trained weight of that path in the last
// run, as the solver left it: solvers set it to zero or use it as scratch, so
// read it after [Trainer.Run], not after a step. It errs for a weight that is
// not trained.
func (t *Trainer) Gradient(path string) (*tensor.Dense, error) {
	for _, w := range t.weights {
		if w.Path == path {
			return w.grad, nil
		}
	}
	return nil, fmt.Errorf("train: %s is not a trained weight", path)
}
