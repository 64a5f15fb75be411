package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Linear is a fused linear layer:
//
//	y = a(x·W + b)
//
// Shapes: x rows×f of rank 2 to 4, W f×h, b a vector of h or nil for none;
// the result is x's shape with its last axis h.
// Gradient: with z = g ⊙ a'(y): to x, z·Wᵀ; to W, xᵀ·z; to b, the sum of z's
// rows.
func Linear(x, w, b *G.Node, a Activation) (*G.Node, error) {
	act, err := a.kernel()
	if err != nil {
		return nil, fmt.Errorf("ops: Linear: %w", err)
	}
	in := []*G.Node{x, w}
	if b != nil {
		in = append(in, b)
	}
	return apply(&op{
		name: "Linear", attrs: string(a), wrt: []bool{true, true, true},
		shape: linearShape,
		f32:   func(c *call[float32]) error { return linear(c, act) },
		f64:   func(c *call[float64]) error { return linear(c, act) },
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			if act != kernels.Identity {
				g = d.apply(activationGradOp(act), y, g)
			}
			grads := []ref{d.apply(mulNTOp(), g, in[1]), d.apply(mulTNOp(), in[0], g)}
			if len(in) == 3 {
				grads = append(grads, d.apply(segmentSumOp(in[2].shape()), g))
			}
			return grads
		},
	}, in...)
}

func linearShape(in []tensor.Shape) (tensor.Shape, error) {
	if err := wantRank("x", in[0], 2, 4); err != nil {
		return nil, err
	}
	if err := wantRank("the kernel", in[1], 2, 2); err != nil {
		return nil, err
	}
	_, f := split(in[0])
	if f != in[1][0] {
		return nil, fmt.Errorf("x has shape %v and the kernel %v, want %d rows in the kernel", in[0], in[1], f)
	}
	if len(in) == 3 && (in[2].Dims() != 1 || in[2][0] != in[1][1]) {
		return nil, fmt.Errorf("the bias has shape %v, want (%d)", in[2], in[1][1])
	}
	return withLast(in[0], in[1][1]), nil
}

func linear[T Float](c *call[T], a kernels.Act) error {
	rows, f := split(c.in[0].Shape())
	var bias []T
	if len(c.in) == 3 {
		bias = c.float(2)
	}
	kernels.Linear(c.out, c.float(0), c.float(1), bias, a, rows, f, c.in[1].Shape()[1])
	return nil
}

// mulNTOp is a·bᵀ, a rows×n and b k×n: rows×k.
func mulNTOp() *op {
	return &op{
		name: "MulNT", wrt: []bool{true, true},
		shape: func(in []tensor.Shape) (tensor.Shape, error) { return withLast(in[0], in[1][0]), nil },
		f32:   mulNT[float32], f64: mulNT[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(mulOp(), g, in[1]), d.apply(mulTNOp(), g, in[0])}
		},
	}
}

func mulNT[T Float](c *call[T]) error {
	rows, n := split(c.in[0].Shape())
	kernels.MatMulNT(c.out, c.float(0), c.float(1), rows, n, c.in[1].Shape()[0])
	return nil
}

// mulTNOp is aᵀ·b over the rows of both, a rows×k and b rows×n: k×n.
func mulTNOp() *op {
	return &op{
		name: "MulTN", wrt: []bool{true, true},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			_, k := split(in[0])
			_, n := split(in[1])
			return tensor.Shape{k, n}, wantSameRows(in)
		},
		f32: mulTN[float32], f64: mulTN[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(mulNTOp(), in[1], g), d.apply(mulOp(), in[0], g)}
		},
	}
}

func mulTN[T Float](c *call[T]) error {
	rows, k := split(c.in[0].Shape())
	kernels.MatMulTN(c.out, c.float(0), c.float(1), rows, k, c.shape[1])
	return nil
}

// mulOp is a·b, a rows×k and b k×n: rows×n.
func mulOp() *op {
	return &op{
		name: "Mul", wrt: []bool{true, true},
		shape: linearShape,
		f32:   func(c *call[float32]) error { return linear(c, kernels.Identity) },
		f64:   func(c *call[float64]) error { return linear(c, kernels.Identity) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(mulNTOp(), g, in[1]), d.apply(mulTNOp(), in[0], g)}
		},
	}
}
