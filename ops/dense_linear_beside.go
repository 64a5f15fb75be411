package ops

import (
	"errors"
	"fmt"

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
		diff:  func(d *derivation, in []ref, y, g ref) []ref { return layerGrads(d, act, in, y, g) },
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
	kernels.LinearSum(c.out, c.float(0), c.float(1), c.float(2), c.float(3), c.floatIfAny(4), a, rows, f, e, c.in[1].Shape()[1])
	return nil
}
