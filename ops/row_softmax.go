package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// SoftMax is the softmax of each row at a temperature τ > 0:
//
//	y_ic = exp(x_ic/τ − max) / Σ_k exp(x_ik/τ − max),  max = max_k x_ik/τ
//
// Shapes: x of rank 1 to 4, over its last axis; the result is shaped as x.
// Each row of the result sums to 1. In float32 a value too small to matter is
// exactly 0, since denormal numbers slow every later product down.
// Gradient: to x, y ⊙ (g − Σ_k g_k y_k) / τ.
func SoftMax(x *G.Node, temperature float64) (*G.Node, error) {
	if !(temperature > 0) || math.IsInf(temperature, 1) || 1/temperature > math.MaxFloat32 {
		return nil, fmt.Errorf("ops: SoftMax: temperature = %v, want a number above 0", temperature)
	}
	return apply(&op{
		name: "SoftMax", attrs: fmt.Sprint(temperature),
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			return in[0].Clone(), wantRank("x", in[0], 1, 4)
		},
		f32: func(c *call[float32]) error { return rowSoftmax(c, 1/temperature) },
		f64: func(c *call[float64]) error { return rowSoftmax(c, 1/temperature) },
		diff: func(d *derivation, _ []ref, y, g ref) []ref {
			return []ref{d.apply(softmaxGradOp(temperature), y, g)}
		},
	}, x)
}

func rowSoftmax[T Float](c *call[T], scale float64) error {
	rows, n := rowsOf(c.shape)
	kernels.RowSoftmax(c.out, c.float(0), rows, n, T(scale))
	return nil
}

// softmaxGradOp takes the softmax y and its gradient.
func softmaxGradOp(temperature float64) *op {
	return &op{
		name: "SoftMaxGrad", attrs: fmt.Sprint(temperature),
		shape: allSame,
		f32:   func(c *call[float32]) error { return rowSoftmaxGrad(c, 1/temperature) },
		f64:   func(c *call[float64]) error { return rowSoftmaxGrad(c, 1/temperature) },
	}
}

func rowSoftmaxGrad[T Float](c *call[T], scale float64) error {
	rows, n := rowsOf(c.shape)
	kernels.RowSoftmaxGrad(c.out, c.float(0), c.float(1), rows, n, T(scale))
	return nil
}
