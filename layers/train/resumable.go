package train

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Where a checkpoint has the state of solvers, before the path of its weight.
const (
	meanPrefix     = "adam/mean/"
	squarePrefix   = "adam/square/"
	velocityPrefix = "sgd/velocity/"
)

// resumable is a solver whose state a checkpoint can hold: for each weight the
// number of its steps, and slices of the weight's length and dtype.
type resumable interface {
	kind() string       // solvers of one kind take up each other's state
	prefixes() []string // of each slice
	state(w *tensor.Dense) (step int, slices []any)
	restore(states map[*tensor.Dense]solverState)
}

// solverState is the state of one weight.
type solverState struct {
	step   int
	slices []any
}

// resumableOf is a trainer's solver; one without a solver has a state of none.
func resumableOf(s G.Solver) (resumable, error) {
	switch s := s.(type) {
	case nil:
		return &Adam{}, nil
	case resumable:
		return s, nil
	}
	return nil, fmt.Errorf("the solver is a %T, want train.Adam, AdamW or SGD, whose state can be saved", s)
}

func (a *Adam) kind() string       { return "adam" }
func (a *Adam) prefixes() []string { return []string{meanPrefix, squarePrefix} }

func (a *Adam) state(w *tensor.Dense) (int, []any) {
	if s := a.moments[w]; s != nil {
		return s.step, []any{s.m, s.v}
	}
	return 0, nil
}

func (a *Adam) restore(states map[*tensor.Dense]solverState) {
	a.moments = map[*tensor.Dense]*moments{}
	for w, s := range states {
		a.moments[w] = &moments{step: s.step, m: s.slices[0], v: s.slices[1]}
	}
}

func (s *SGD) kind() string       { return "sgd" }
func (s *SGD) prefixes() []string { return []string{velocityPrefix} }

func (s *SGD) state(w *tensor.Dense) (int, []any) {
	if v := s.velocity[w]; v != nil {
		return 0, []any{v}
	}
	return 0, nil
}

func (s *SGD) restore(states map[*tensor.Dense]solverState) {
	s.velocity = map[*tensor.Dense]any{}
	for w, v := range states {
		s.velocity[w] = v.slices[0]
	}
}
