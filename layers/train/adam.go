package train

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// Adam is a gorgonia.Solver in one pass over each weight, with g the
// gradient, t the number of the step from 1:
//
//	m ← β₁m + (1−β₁)g      m̂ = m/(1−β₁ᵗ)
//	v ← β₂v + (1−β₂)g²     v̂ = v/(1−β₂ᵗ)
//	w ← w − LR·m̂/(√v̂ + Eps)
//
// The gradient is set to 0 afterwards, as Gorgonia's solvers do. Moments and
// t are kept by the weight's tensor, so one solver can serve several graphs
// that share weights. The fields may be changed between steps. float32 and
// float64; not for use by several goroutines at once.
//
// Source: D. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization",
// 2014, arXiv:1412.6980.
type Adam struct {
	LR    float64 // learning rate, default 1e-3
	Beta1 float64 // decay of the mean of gradients, default 0.9
	Beta2 float64 // decay of the mean of their squares, default 0.999
	Eps   float64 // added to the root, default 1e-8

	moments map[*tensor.Dense]*moments
}

type moments struct {
	step int
	m, v any // []float32 or []float64
}

// NewAdam sets the defaults and the learning rate.
func NewAdam(lr float64) *Adam {
	return &Adam{LR: lr, Beta1: .9, Beta2: .999, Eps: 1e-8}
}

// SetLR changes the learning rate of the steps to come.
func (a *Adam) SetLR(lr float64) { a.LR = lr }

// Reset forgets the moments.
func (a *Adam) Reset() { a.moments = nil }

// Step implements gorgonia.Solver. It errs, before it changes anything, if a
// field is out of range, a weight is not a contiguous tensor of float32 or
// float64, or a gradient does not fit its weight.
func (a *Adam) Step(model []G.ValueGrad) error {
	if err := a.check(); err != nil {
		return err
	}
	ws, gs, err := weightsAndGrads("adam", model)
	if err != nil {
		return err
	}
	for i, w := range ws {
		a.update(w, gs[i])
	}
	return nil
}

func (a *Adam) check() error {
	switch {
	case !(a.LR >= 0) || math.IsInf(a.LR, 0):
		return fmt.Errorf("train: adam: LR = %v, want at least 0", a.LR)
	case !(a.Beta1 >= 0 && a.Beta1 < 1):
		return fmt.Errorf("train: adam: Beta1 = %v, want [0, 1)", a.Beta1)
	case !(a.Beta2 >= 0 && a.Beta2 < 1):
		return fmt.Errorf("train: adam: Beta2 = %v, want [0, 1)", a.Beta2)
	case !(a.Eps > 0):
		return fmt.Errorf("train: adam: Eps = %v, want more than 0", a.Eps)
	}
	return nil
}

// next is the moments of w, at its next step.
func (a *Adam) next(w *tensor.Dense) *moments {
	if a.moments == nil {
		a.moments = map[*tensor.Dense]*moments{}
	}
	s := a.moments[w]
	if s == nil {
		s = &moments{}
		a.moments[w] = s
	}
	s.step++
	return s
}

func (a *Adam) update(w, g *tensor.Dense) {
	s := a.next(w)
	switch data := w.Data().(type) {
	case []float64:
		adamStep(a, s, data, g.Data().([]float64))
	case []float32:
		adamStep(a, s, data, g.Data().([]float32))
	}
}

// adamStep is one step on a weight, which sets its gradient to 0.
func adamStep[T ops.Float](a *Adam, s *moments, w, g []T) {
	m, v := momentsOf[T](s, len(w))
	ops.AdamStep(w, g, m, v, a.LR, a.Beta1, a.Beta2, a.Eps, s.step)
	clear(g)
}

func momentsOf[T ops.Float](s *moments, n int) (m, v []T) {
	m, ok := s.m.([]T)
	if !ok {
		m = make([]T, n)
		s.m, s.v = m, make([]T, n)
	}
	return m, s.v.([]T)
}
