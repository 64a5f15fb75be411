package gradcheck

import (
	"errors"
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
)

// errAgain asks for another run on a new graph.
var errAgain = errors.New("again")

// tape differentiates with Grad. Leaves that it finds independent of the loss
// are marked in skip, and errAgain asks for a new graph without them, since
// Grad is called once on a graph.
func (s *symbolic) tape(in *instance, cot [][]float64, skip []bool) error {
	loss, err := contract(in.outs, cot)
	if err != nil {
		return err
	}
	var wrt, derivs G.Nodes
	for i, l := range in.leaves {
		if !skip[i] {
			wrt = append(wrt, l.node)
		}
	}
	if len(wrt) > 0 {
		derivs, err = grad(loss, wrt)
		if in.independent(err, skip) {
			return errAgain
		}
		if err != nil {
			return err
		}
	}
	outs, grads := make([]G.Value, len(in.outs)), make([]G.Value, len(derivs))
	for k, n := range in.outs {
		G.Read(n, &outs[k])
	}
	for i, n := range derivs {
		G.Read(n, &grads[i])
	}
	vm := G.NewTapeMachine(in.g.SubgraphRoots(slices.Concat(G.Nodes{loss}, derivs)...))
	defer func() { _ = vm.Close() }()
	if err := vm.RunAll(); err != nil {
		return err
	}
	if err := in.collect(outs, s.outs); err != nil {
		return err
	}
	return s.keepTape(in, grads, skip)
}

// grad is G.Grad with its panics as errors. It panics on an op that has no
// SymDiff, and on slices that are too short.
func grad(loss *G.Node, wrt G.Nodes) (derivs G.Nodes, err error) {
	panics := true
	defer func() {
		if panics {
			err = fmt.Errorf("symbolic gradient: panic: %v: does every op on the way have SymDiff, with a result for each input, and so DiffWRT?", recover())
		}
	}()
	derivs, err = G.Grad(loss, wrt...)
	panics = false
	if err != nil {
		err = fmt.Errorf("symbolic gradient: %w", err)
	}
	return derivs, err
}

// keepTape stores the gradients, which leave out the skipped leaves.
func (s *symbolic) keepTape(in *instance, grads []G.Value, skip []bool) error {
	for i := range in.leaves {
		var g G.Value
		if skip[i] {
			s.notes[i] = "Grad finds no differentiable path from the outputs to it"
		} else {
			g, grads = grads[0], grads[1:]
		}
		if err := s.keep(in, i, g); err != nil {
			return err
		}
	}
	return nil
}

// independent marks the leaves that an error of Grad names as not
// differentiable, and tells whether that was what the error was about.
func (in *instance) independent(err error, skip []bool) bool {
	var sd G.SymDiffError
	if !errors.As(err, &sd) || len(sd.Nodes()) == 0 {
		return false
	}
	for _, n := range sd.Nodes() {
		i := slices.IndexFunc(in.leaves, func(l leaf) bool { return l.node == n })
		if i < 0 {
			return false
		}
		skip[i] = true
	}
	return true
}
