package gradcheck

import (
	"slices"

	G "gorgonia.org/gorgonia"
)

// lisp differentiates with DoDiff. The loss is the only root and nothing
// reads it: the machine starts its derivative at 1 for that reason alone.
func (s *symbolic) lisp(in *instance, cot [][]float64, _ []bool) error {
	loss, err := contract(in.outs, cot)
	if err != nil {
		return err
	}
	vm := G.NewLispMachine(in.g.SubgraphRoots(loss))
	defer func() { _ = vm.Close() }()
	if err := vm.RunAll(); err != nil {
		return err
	}
	outs := make([]G.Value, len(in.outs))
	for k, n := range in.outs {
		outs[k] = n.Value()
	}
	if err := in.collect(outs, s.outs); err != nil {
		return err
	}
	for i, l := range in.leaves {
		g, err := l.node.Grad()
		if err != nil { // the loss does not reach it
			g = nil
		}
		if err := s.keep(in, i, g); err != nil {
			return err
		}
		if !slices.ContainsFunc(s.grads[i], func(x float64) bool { return x != 0 }) {
			s.notes[i] = "the whole gradient is 0: does every op on the way have DoDiff?"
		}
	}
	return nil
}
