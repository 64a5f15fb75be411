package ops

import (
	"errors"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// propagated is m·x and what it was computed from.
type propagated struct {
	of         *Pattern // nil: nothing yet
	x, weights uint64   // fingerprints
	product    block
}

// propagate is m·x of a call whose weights are input last, where there are any.
func propagate[T Float](c *call[T], o propagation, last int) ([]T, error) {
	p, err := c.pattern(0, o.rows, o.cols)
	if err != nil {
		return nil, err
	}
	var w []T
	if len(c.in) > last {
		if w, err = c.weights(last, p); err != nil {
			return nil, err
		}
		w = w[:p.NNZ()]
	}
	x := c.float(1)
	if c.err != nil {
		return nil, c.err
	}
	kept, now := o.kept, propagated{of: p, x: kernels.Fingerprint(x), weights: kernels.Fingerprint(w)}
	f := c.in[1].Shape()[1]
	out := elements[T](kept.product)
	if kept.of == now.of && kept.x == now.x && kept.weights == now.weights && len(out) == o.rows*f {
		return out, nil
	}
	kept.of = nil // until it is whole
	if len(out) != o.rows*f {
		kept.product = newBlock[T](o.rows * f)
		out = elements[T](kept.product)
	}
	kernels.SpMM(out, p.csr, w, x, f)
	now.product = kept.product
	*kept = now
	return out, nil
}

// keptProduct is m·x as the forward product left it.
func keptProduct[T Float](kept *propagated) ([]T, error) {
	if kept.of == nil {
		return nil, errors.New("the product has not been computed, want the forward pass before its gradient")
	}
	return elements[T](kept.product), nil
}
