package ops

import (
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Engine computes the sums and products of tensors that Gorgonia's own
// elementwise operations ask for, those that add up gradients among them, by
// the kernels of this package. A machine opts in with one option:
//
//	vm := G.NewTapeMachine(g, G.WithEngine(ops.Engine{}))
//
// Additions and multiplications of two contiguous tensors of one shape, of
// float32 or float64, in place or into given memory, are replaced; everything
// else is the standard engine's, which it embeds. Results have the same bits.
type Engine struct{ G.StandardEngine }

// Add is a + b, elementwise.
func (e Engine) Add(a, b tensor.Tensor, opts ...tensor.FuncOpt) (tensor.Tensor, error) {
	if y := pointwise(a, b, opts, addInto[float32], addInto[float64]); y != nil {
		return y, nil
	}
	return e.StandardEngine.Add(a, b, opts...)
}

// Mul is a ⊙ b, elementwise.
func (e Engine) Mul(a, b tensor.Tensor, opts ...tensor.FuncOpt) (tensor.Tensor, error) {
	if y := pointwise(a, b, opts, mulInto[float32], mulInto[float64]); y != nil {
		return y, nil
	}
	return e.StandardEngine.Mul(a, b, opts...)
}

func addInto[T Float](out, a, b []T) {
	kernels.BiasActivate(out, a, b, kernels.Identity, 1, len(out))
}

func mulInto[T Float](out, a, b []T) { kernels.ColScale(out, a, b, 1, len(out)) }

// pointwise writes f of a and b to where opts say, and returns that; nil, with
// nothing done, for what the standard engine is to do.
func pointwise(a, b tensor.Tensor, opts []tensor.FuncOpt, f32 func(out, a, b []float32), f64 func(out, a, b []float64)) tensor.Tensor {
	x, ok := plain(a)
	y, also := plain(b)
	if !ok || !also || x.Dtype() != y.Dtype() || !same(x.Shape(), y.Shape()) {
		return nil
	}
	o := tensor.ParseFuncOpts(opts...)
	into, incr := o.IncrReuse()
	if into == nil && !o.Safe() {
		into = x
	}
	out, ok := plain(into)
	if incr || !ok || out.Dtype() != x.Dtype() || !same(out.Shape(), x.Shape()) {
		return nil
	}
	switch data := x.Data().(type) {
	case []float32:
		inParts(out.Data().([]float32), data, y.Data().([]float32), f32)
	case []float64:
		inParts(out.Data().([]float64), data, y.Data().([]float64), f64)
	default:
		return nil
	}
	return out
}

// plain is t where its elements lie one after the other in memory.
func plain(t tensor.Tensor) (*tensor.Dense, bool) {
	d, ok := t.(*tensor.Dense)
	if !ok || d == nil || d.IsScalar() || d.RequiresIterator() || d.DataOrder().IsColMajor() || d.IsMasked() || !d.IsNativelyAccessible() {
		return nil, false
	}
	return d, true
}

func inParts[T Float](out, a, b []T, f func(out, a, b []T)) {
	kernels.ForRows(len(out), 1, func(lo, hi int) { f(out[lo:hi], a[lo:hi], b[lo:hi]) })
}

// AdamStep is one step of Adam on a weight, on the host, in one pass over
// memory; step counts from 1:
//
//	m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²
//	w ← w − lr · m/(1−β₁ᵗ) / (√(v/(1−β₂ᵗ)) + ε)
//
// w, m and v are changed, g is not. The slices have one length.
// Source: Kingma and Ba, Adam: A Method for Stochastic Optimization, 2014,
// arXiv 1412.6980.
func AdamStep[T Float](w, g, m, v []T, lr, beta1, beta2, eps float64, step int) {
	kernels.Adam(w, g, m, v, lr, beta1, beta2, eps, step, 1)
}
