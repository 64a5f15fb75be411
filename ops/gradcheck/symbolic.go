package gradcheck

import (
	"fmt"

	G "gorgonia.org/gorgonia"
)

// symbolic is what one machine computes: outputs, and the gradient of the
// loss for each leaf in row-major order.
type symbolic struct {
	vm    VM
	outs  [][]float64
	grads [][]float64
	notes []string // for each leaf, why its gradient may be zero
}

// evaluate runs a case on a machine. The leaves are those of like.
func evaluate(vm VM, c Case, like *instance, cot [][]float64) (*symbolic, error) {
	s := &symbolic{vm: vm, outs: make([][]float64, len(cot))}
	run := s.tape
	if vm == Lisp {
		run = s.lisp
	}
	skip := make([]bool, len(like.leaves))
	for {
		in, err := newInstance(c)
		if err == nil {
			err = in.sameAs(like)
		}
		if err != nil {
			return nil, err
		}
		s.grads = make([][]float64, len(in.leaves))
		s.notes = make([]string, len(in.leaves))
		err = guard("run", func() error { return run(in, cot, skip) })
		switch {
		case err == errAgain:
			continue
		case err != nil:
			return nil, fmt.Errorf("%v: %w", vm, err)
		}
		if err := in.untouched(); err != nil {
			return nil, fmt.Errorf("%v: %w", vm, err)
		}
		return s, nil
	}
}

// keep stores the gradient of leaf i; nil is zero.
func (s *symbolic) keep(in *instance, i int, g G.Value) error {
	l := in.leaves[i]
	if g == nil {
		s.grads[i] = make([]float64, l.value.Shape().TotalSize())
		return nil
	}
	if !sameShape(g.Shape(), l.value.Shape()) {
		return fmt.Errorf("gradient of %s has shape %v, want %v", l.name, g.Shape(), l.value.Shape())
	}
	e, err := entriesOf(g)
	if err != nil {
		return fmt.Errorf("gradient of %s: %w", l.name, err)
	}
	s.grads[i] = e.appendTo(nil)
	return nil
}
