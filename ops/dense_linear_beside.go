package ops

import (
	"errors"
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// LinearBeside is a fused linear layer of two matrices with the same rows:
//
//	y = a(x·W + z·V + b)
//
// Shapes: x rows×f and z rows×e, each of rank 2 to 4, W f×h, V e×h, b a vector of h or nil for
// none; the result is x's shape with its last axis h.
// Gradient: with u = g ⊙ a'(y): to x, u·Wᵀ, and to z, u·Vᵀ; to W, xᵀ·u, and to V,
// zᵀ·u; to b, the sum of u's rows.
func LinearBeside(x, w, z, v, b *G.Node, a Activation) (*G.Node, error) {
	act, err := a.kernel()
	if err == nil && (z == nil || v == nil) {
		err = errors.New("z or V is nil, want nodes")
	}
	if err != nil {
		return nil, fmt.Errorf("ops: LinearBeside: %w", err)
	}
	in := []*G.Node{x, w, z, v}
	if b != nil {
		in = append(in, b)
	}
	return apply(&op{
		name: "LinearBeside", attrs: string(a), sides: sides{left: []int{0, 2}, right: []int{1, 3}}, byResult: true,
		wrt:   []bool{true, true, true, true, true},
		shape: besideShape,
		f32:   func(c *call[float32]) error { return linearBeside(c, act) },
		f64:   func(c *call[float64]) error { return linearBeside(c, act) },
		diff:  func(d *derivation, in []ref, y, g ref) []ref { return besideGrads(d, act, in, y, g) },
	}, in...)
}

func besideShape(in []tensor.Shape) (tensor.Shape, error) {
	y, err := linearShape(append([]tensor.Shape{in[0], in[1]}, in[4:]...))
	if err != nil {
		return nil, err
	}
	own, err := linearShape(in[2:4])
	if err != nil {
		return nil, fmt.Errorf("z and V: %w", err)
	}
	if !same(own, y) {
		return nil, fmt.Errorf("x·W has shape %v and z·V %v, want one shape", y, own)
	}
	return y, nil
}

func linearBeside[T Float](c *call[T], a kernels.Act) error {
	rows, f := split(c.in[0].Shape())
	_, e := split(c.in[2].Shape())
	var bias []T
	if len(c.in) == 5 {
		bias = c.float(4)
	}
	kernels.LinearSum(c.out, c.float(0), c.float(1), c.float(2), c.float(3), bias, a, rows, f, e, c.in[1].Shape()[1])
	return nil
}

// besideGrads are the gradients of x, W, z, V and b, where there is one. Those of
// the weights are one pass where there is an activation, and x and z are inputs.
func besideGrads(d *derivation, act kernels.Act, in []ref, y, g ref) []ref {
	u := g
	if act != kernels.Identity {
		u = d.apply(activationGradOp(act), y, g)
	}
	dx, dz := d.apply(mulNTOp(), u, in[1]), d.apply(mulNTOp(), u, in[3])
	if act != kernels.Identity && isInput(in[0]) && isInput(in[2]) {
		both := d.apply(weightGradOp(act, 2), slices.Concat([]ref{in[0], in[2], y}, factorsOf(g))...)
		weights := weightGrads(d, both, append([]ref{in[1], in[3]}, in[4:]...))
		return append([]ref{dx, weights[0], dz}, weights[1:]...)
	}
	grads := []ref{dx, d.apply(mulTNOp(), in[0], u), dz, d.apply(mulTNOp(), in[2], u)}
	if len(in) == 5 {
		grads = append(grads, d.apply(segmentSumOp(in[4].shape()), u))
	}
	return grads
}
