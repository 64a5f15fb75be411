package train

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// AdamW is [Adam] with weight decay beside the gradient, of every kernel, that
// is every weight of rank 2 or more; biases and the scales of norms do not
// decay:
//
//	w ← w − LR·Decay·w, then Adam's step
//
// With Decay 0 it is Adam, bit for bit.
//
// Source: I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization",
// ICLR 2019, arXiv:1711.05101. As PyTorch's AdamW, which decays all weights.
type AdamW struct {
	Adam
	Decay float64 // share of a kernel that a step of LR 1 would take away, default 0.01
}

// NewAdamW sets Adam's defaults, the learning rate and the decay.
func NewAdamW(lr, decay float64) *AdamW { return &AdamW{Adam: *NewAdam(lr), Decay: decay} }

// Step implements gorgonia.Solver. It errs as Adam's does, before it changes
// anything.
func (a *AdamW) Step(model []G.ValueGrad) error {
	if err := a.check(); err != nil {
		return err
	}
	if err := atLeastZero("adamw", "Decay", a.Decay); err != nil {
		return err
	}
	ws, gs, err := weightsAndGrads("adamw", model)
	if err != nil {
		return err
	}
	for i, w := range ws {
		s := a.next(w)
		keep := 1.
		if isKernel(w) {
			keep -= a.LR * a.Decay
		}
		switch data := w.Data().(type) {
		case []float64:
			adamWStep(&a.Adam, s, data, gs[i].Data().([]float64), keep)
		case []float32:
			adamWStep(&a.Adam, s, data, gs[i].Data().([]float32), float32(keep))
		}
	}
	return nil
}

// adamWStep is one step on a weight, in one pass over memory: block by block.
func adamWStep[T ops.Float](a *Adam, s *moments, w, g []T, keep T) {
	const block = 1 << 12
	m, v := momentsOf[T](s, len(w))
	for lo := 0; lo < len(w); lo += block {
		hi := min(len(w), lo+block)
		if keep != 1 {
			for j := lo; j < hi; j++ {
				w[j] *= keep
			}
		}
		ops.AdamStep(w[lo:hi], g[lo:hi], m[lo:hi], v[lo:hi], a.LR, a.Beta1, a.Beta2, a.Eps, s.step)
	}
	clear(g)
}
