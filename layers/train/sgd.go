package train

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// SGD is a gorgonia.Solver: gradient descent with momentum, in one pass over
// each weight, with g the gradient:
//
//	g ← g + Decay·w  (kernels, the weights of rank 2 or more)
//	v ← Momentum·v + g
//	w ← w − LR·v     (Nesterov: w − LR·(g + Momentum·v))
//
// The gradient is set to 0 afterwards. The velocity v begins at 0 and is kept
// by the weight's tensor, so one solver can serve several graphs that share
// weights. The fields may be changed between steps. float32 and float64; not
// for use by several goroutines at once.
//
// Source: I. Sutskever, J. Martens, G. Dahl, G. Hinton, "On the importance of
// initialization and momentum in deep learning", ICML 2013. As PyTorch's SGD.
type SGD struct {
	LR       float64 // learning rate
	Momentum float64 // share of the velocity that stays, in [0, 1)
	Nesterov bool    // look ahead by one step of the velocity
	Decay    float64 // weight of the squared kernels, halved, in the loss

	velocity map[*tensor.Dense]any // []float32 or []float64
}

// NewSGD sets the learning rate and the momentum.
func NewSGD(lr, momentum float64) *SGD { return &SGD{LR: lr, Momentum: momentum} }

// SetLR changes the learning rate of the steps to come.
func (s *SGD) SetLR(lr float64) { s.LR = lr }

// Reset forgets the velocity.
func (s *SGD) Reset() { s.velocity = nil }

// Step implements gorgonia.Solver. It errs, before it changes anything, if a
// field is out of range, a weight is not a contiguous tensor of float32 or
// float64, or a gradient does not fit its weight.
func (s *SGD) Step(model []G.ValueGrad) error {
	if err := s.check(); err != nil {
		return err
	}
	ws, gs, err := weightsAndGrads("sgd", model)
	if err != nil {
		return err
	}
	if s.velocity == nil {
		s.velocity = map[*tensor.Dense]any{}
	}
	for i, w := range ws {
		decay := 0.
		if isKernel(w) {
			decay = s.Decay
		}
		switch data := w.Data().(type) {
		case []float64:
			s.velocity[w] = sgdStep(s, data, gs[i].Data().([]float64), s.velocity[w], decay)
		case []float32:
			s.velocity[w] = sgdStep(s, data, gs[i].Data().([]float32), s.velocity[w], float32(decay))
		}
	}
	return nil
}

func (s *SGD) check() error {
	if err := atLeastZero("sgd", "LR", s.LR); err != nil {
		return err
	}
	if err := atLeastZero("sgd", "Decay", s.Decay); err != nil {
		return err
	}
	if !(s.Momentum >= 0 && s.Momentum < 1) {
		return fmt.Errorf("train: sgd: Momentum = %v, want [0, 1)", s.Momentum)
	}
	return nil
}

// sgdStep is one step on a weight, and gives its velocity.
func sgdStep[T ops.Float](s *SGD, w, g []T, velocity any, decay T) []T {
	v, ok := velocity.([]T)
	if !ok {
		v = make([]T, len(w))
	}
	lr, momentum := T(s.LR), T(s.Momentum)
	for i, d := range g {
		d += decay * w[i]
		v[i] = momentum*v[i] + d
		if s.Nesterov {
			w[i] -= lr * (d + momentum*v[i])
		} else {
			w[i] -= lr * v[i]
		}
		g[i] = 0
	}
	return v
}
