package train

import (
	"errors"
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
)

// Evaluator runs a graph forward only, as often as wanted. The graph is one of
// its own, built from the same store as the one that is trained, with a scope
// that says that it does not train: Store.Scope(graph, false). Layers ask the
// scope. A graph for training will do where no layer of it acts differently
// then; where one does, as dropout and BatchNorm do, it is an error.
type Evaluator struct {
	vm      *machine
	outputs []*tap
}

// NewEvaluator compiles what the outputs need and no more. All outputs belong
// to one graph.
func NewEvaluator(outputs ...*G.Node) (e *Evaluator, err error) {
	if len(outputs) > 0 && outputs[0] != nil {
		if err := param.CheckEvaluates(outputs[0].Graph()); err != nil {
			return nil, fmt.Errorf("train: %w", err)
		}
	}
	return newEvaluator(outputs)
}

func newEvaluator(outputs []*G.Node) (e *Evaluator, err error) {
	defer recovered("building the evaluation graph", &err)
	if len(outputs) == 0 {
		return nil, errors.New("train: nothing to evaluate")
	}
	e = &Evaluator{}
	var roots G.Nodes
	for i, n := range outputs {
		if n == nil || n.Graph() != outputs[0].Graph() {
			return nil, fmt.Errorf("train: output %d is nil or of another graph", i)
		}
		t, root, err := newTap(n)
		if err != nil {
			return nil, err
		}
		e.outputs, roots = append(e.outputs, t), append(roots, root)
	}
	e.vm = newMachine(outputs[0].Graph(), roots, false)
	return e, nil
}

// Run computes the outputs, in the order in which they were given. The memory
// is overwritten by the next run; clone what is to last.
func (e *Evaluator) Run() (values []G.Value, err error) {
	defer recovered("evaluation", &err)
	if e.vm == nil {
		return nil, errors.New("train: the evaluator is closed")
	}
	err = e.vm.run()
	if err != nil {
		return nil, fmt.Errorf("train: evaluation: %w", err)
	}
	for _, t := range e.outputs {
		values = append(values, t.value)
	}
	return values, nil
}

// RunInto is Run with memory for the outputs, in their order: a tensor for each, of
// its dtype and shape, row by row. It errs for others, and for scalars.
func (e *Evaluator) RunInto(values ...*tensor.Dense) error {
	if len(values) != len(e.outputs) {
		return fmt.Errorf("train: memory for %d outputs, want it for %d", len(values), len(e.outputs))
	}
	for i, v := range values {
		switch {
		case v == nil:
			return fmt.Errorf("train: memory of output %d is nil", i)
		case v.RequiresIterator() || v.DataOrder().IsColMajor() || v.DataOrder().IsTransposed():
			return fmt.Errorf("train: memory of output %d is not row by row", i)
		case slices.Contains(values[:i], v):
			return fmt.Errorf("train: memory of output %d is that of another", i)
		}
	}
	for i, t := range e.outputs {
		t.value = values[i]
	}
	got, err := e.Run()
	for i, t := range e.outputs {
		t.value = nil // not to be written into by a later Run
		if err == nil && got[i] != G.Value(values[i]) {
			err = fmt.Errorf("train: output %d is %v of shape %v, want memory of the same, a tensor", i, got[i].Dtype(), got[i].Shape())
		}
	}
	return err
}

// Close gives up the compiled graph.
func (e *Evaluator) Close() error {
	if e.vm == nil {
		return nil
	}
	err := e.vm.close()
	e.vm = nil
	return err
}

// Evaluate computes the outputs once. See [Evaluator].
func Evaluate(outputs ...*G.Node) (values []G.Value, err error) {
	e, err := NewEvaluator(outputs...)
	if err != nil {
		return nil, err
	}
	return e.once()
}

// Forward computes the outputs once, as the graph was built: one for training
// with dropout and the statistics of the batch, as a step sees them.
func Forward(outputs ...*G.Node) (values []G.Value, err error) {
	e, err := newEvaluator(outputs)
	if err != nil {
		return nil, err
	}
	return e.once()
}

func (e *Evaluator) once() (values []G.Value, err error) {
	defer func() { err = errors.Join(err, e.Close()) }()
	return e.Run()
}
