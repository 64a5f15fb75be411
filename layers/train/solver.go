package train

import (
	"errors"
	"fmt"
	"math"
	"reflect"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// weightsAndGrads is the weights of a model and their gradients. It errs
// unless all are contiguous tensors of float32 or float64, of one size for each
// pair; solver begins the error.
func weightsAndGrads(solver string, model []G.ValueGrad) (ws, gs []*tensor.Dense, err error) {
	ws, gs = make([]*tensor.Dense, len(model)), make([]*tensor.Dense, len(model))
	for i, n := range model {
		if ws[i], gs[i], err = weightAndGrad(n); err != nil {
			return nil, nil, fmt.Errorf("train: %s: %w", solver, err)
		}
	}
	return ws, gs, nil
}

func weightAndGrad(n G.ValueGrad) (w, g *tensor.Dense, err error) {
	if v := reflect.ValueOf(n); n == nil || v.Kind() == reflect.Pointer && v.IsNil() {
		return nil, nil, errors.New("a nil weight")
	}
	name := "weight"
	if nm, ok := n.(G.Namer); ok {
		name = nm.Name()
	}
	grad, err := n.Grad()
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	w, okW := n.Value().(*tensor.Dense)
	g, okG := grad.(*tensor.Dense)
	if !okW || !okG || w.RequiresIterator() || g.RequiresIterator() {
		return nil, nil, fmt.Errorf("%s: weight %T and gradient %T, want contiguous tensors", name, n.Value(), grad)
	}
	if w.Dtype() != g.Dtype() || w.Shape().TotalSize() != g.Shape().TotalSize() ||
		(w.Dtype() != tensor.Float32 && w.Dtype() != tensor.Float64) {
		return nil, nil, fmt.Errorf("%s: weight %v%v and gradient %v%v, want one size and dtype, float32 or float64",
			name, w.Dtype(), w.Shape(), g.Dtype(), g.Shape())
	}
	return w, g, nil
}

// isKernel tells whether weight decay applies to w: to matrices and tensors of
// higher rank, not to biases and the scales of norms.
func isKernel(w *tensor.Dense) bool { return w.Dims() > 1 }

// atLeastZero errs unless v is a finite number of at least 0.
func atLeastZero(solver, name string, v float64) error {
	if !(v >= 0) || math.IsInf(v, 0) {
		return fmt.Errorf("train: %s: %s = %v, want at least 0", solver, name, v)
	}
	return nil
}
