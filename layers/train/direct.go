package train

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// direct runs a program on the goroutine that calls it: one operation after the
// other, in the order of Gorgonia's tape machine. That machine locks its caller to
// a thread and works on another one. The two changes of thread can take longer
// than the operations of a small graph.
type direct struct {
	values []G.Value // of each node
	given  []given
	steps  []step
}

// given is an input.
type given struct {
	node  *G.Node
	value int // its place in values
}

// step is one operation.
type step struct {
	node   *G.Node
	inputs []int // their places in values
	value  int   // that of the result
	in     []G.Value
}

// small is the size up to which the results of Gorgonia's own operations are made
// anew in each run. A tape machine uses their memory again.
const small = 4096

// newDirect is the direct program over a graph; nil where an operation of
// Gorgonia's own has a result that is not small.
func newDirect(part *G.ExprGraph) (*direct, error) {
	sorted, err := G.Sort(part) // what reads a node comes before it
	if err != nil {
		return nil, err
	}
	d := &direct{values: make([]G.Value, len(sorted))}
	place := map[*G.Node]int{}
	for value := range sorted {
		n := sorted[len(sorted)-1-value]
		place[n] = value
		if n.Op() == nil {
			d.given = append(d.given, given{n, value})
			continue
		}
		if !runsDirectly(n) {
			return nil, nil
		}
		s := step{node: n, value: value}
		for _, x := range operands(part, n) {
			s.inputs = append(s.inputs, place[x])
		}
		s.in = make([]G.Value, len(s.inputs))
		d.steps = append(d.steps, s)
	}
	return d, nil
}

// runsDirectly tells whether an operation can do without a tape machine.
func runsDirectly(n *G.Node) bool {
	_, tap := n.Op().(*tapOp)
	return tap || ops.IsOwn(n) || n.Shape().TotalSize() <= small
}

// RunAll is that of gorgonia.VM. All inputs have values.
func (d *direct) RunAll() error {
	for _, g := range d.given {
		d.values[g.value] = g.node.Value()
	}
	for _, s := range d.steps {
		for i, at := range s.inputs {
			s.in[i] = d.values[at]
		}
		v, err := s.node.Op().Do(s.in...)
		if err != nil {
			return err
		}
		d.values[s.value] = v
	}
	return nil
}

// Reset lets go of the values of a run.
func (d *direct) Reset() {
	clear(d.values)
	for _, s := range d.steps {
		clear(s.in)
	}
}

// Close is that of gorgonia.VM.
func (d *direct) Close() error { return nil }
