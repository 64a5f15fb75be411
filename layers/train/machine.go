package train

import (
	"fmt"
	"strings"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// machine runs the part of a graph that some roots need.
type machine struct {
	vm       G.VM
	inputs   G.Nodes
	space    *ops.Workspace
	modes    []G.TrainModeOp
	training bool
}

// newMachine compiles. It may panic where Gorgonia cannot compile the graph.
func newMachine(g *G.ExprGraph, roots G.Nodes, training bool) *machine {
	part := g.SubgraphRoots(roots...)
	m := &machine{vm: newVM(part), space: ops.NewWorkspace(part), training: training}
	for _, n := range part.AllNodes() {
		if n.Op() == nil {
			m.inputs = append(m.inputs, n)
		}
		if op, ok := n.Op().(G.TrainModeOp); ok {
			m.modes = append(m.modes, op)
		}
	}
	return m
}

// newVM is a direct program where it can be one, and else a tape machine.
func newVM(part *G.ExprGraph) G.VM {
	if d, err := newDirect(part); err == nil && d != nil {
		return d
	}
	return G.NewTapeMachine(part, G.WithEngine(ops.Engine{}))
}

// run runs everything once. Gorgonia sets the mode of ops when a machine is
// made, for all machines over the graph at once, so it is set here again.
func (m *machine) run() error {
	for _, op := range m.modes {
		if err := op.SetTraining(m.training); err != nil {
			return err
		}
	}
	if missing := m.withoutValue(); missing != nil {
		return fmt.Errorf("the input %s has no value, want one by Set or gorgonia.Let before the run", missing.Name())
	}
	m.space.Begin()
	defer m.space.End()
	defer m.vm.Reset()
	return ofOperation(m.vm.RunAll())
}

// withoutValue is the first input that no value was given; nil: none.
func (m *machine) withoutValue() *G.Node {
	for _, n := range m.inputs {
		if n.Value() == nil {
			return n
		}
	}
	return nil
}

// ofOperation is what an operation of package ops says, without the instruction
// of the machine that Gorgonia puts before it; any other error as it is.
func ofOperation(err error) error {
	for inner := err; inner != nil; {
		if strings.HasPrefix(inner.Error(), "ops: ") {
			return inner
		}
		switch wrapped := inner.(type) {
		case interface{ Err() error }:
			inner = wrapped.Err()
		case interface{ Cause() error }:
			inner = wrapped.Cause()
		default:
			return err
		}
	}
	return err
}

func (m *machine) close() error { return m.vm.Close() }
