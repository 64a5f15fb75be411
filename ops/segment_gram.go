package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Gram is, for each segment, the products of all columns with each other:
// TransMul(x, x), with one product in its gradient instead of two.
//
//	y_s = Σ_{i ∈ s} x_iᵀ x_i
//
// Shapes: x rows×k of rank 2 to 4; the result is Count×k×k. An empty segment
// gives 0.
// Gradient: to x, x_i·(g_s + g_sᵀ).
func Gram(x *G.Node, s Segments) (*G.Node, error) {
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("ops: Gram: %w", err)
	}
	return apply(&op{
		name: "Gram", attrs: fmt.Sprint(s.Count), kinds: "fi",
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			if err := wantRank("x", in[0], 2, 4); err != nil {
				return nil, err
			}
			_, k := split(in[0])
			return tensor.Shape{s.Count, k, k}, wantIDs(1)(in)
		},
		f32: gram[float32], f64: gram[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			both := d.apply(addTransposeOp(), g)
			return []ref{d.apply(segmentMulOp(s.Count, false), withIDs(in, 1, in[0], both)...)}
		},
	}, s.with(x)...)
}

func gram[T Float](c *call[T]) error {
	rows, k := split(c.in[0].Shape())
	ids, err := c.segmentIDs(1, rows, c.shape[0])
	if err != nil {
		return err
	}
	x := c.float(0)
	kernels.SegmentCross(c.out, x, x, ids, c.shape[0], rows, k, k)
	return nil
}

// addTransposeOp is x + xᵀ for square matrices.
func addTransposeOp() *op {
	return &op{
		name: "AddTranspose", shape: like(0),
		f32: addTranspose[float32], f64: addTranspose[float64],
		diff: func(d *derivation, _ []ref, _, g ref) []ref { return []ref{d.apply(addTransposeOp(), g)} },
	}
}

func addTranspose[T Float](c *call[T]) error {
	x, k := c.float(0), c.shape[c.shape.Dims()-1]
	kernels.ForRows(len(x)/(k*k), k*k, func(lo, hi int) {
		for b := lo; b < hi; b++ {
			addTransposed(c.out[b*k*k:(b+1)*k*k], x[b*k*k:], k)
		}
	})
	return nil
}

// addTransposed is out = x + xᵀ for one matrix, k×k.
func addTransposed[T Float](out, x []T, k int) {
	for i := range k {
		row := out[i*k : (i+1)*k]
		for j, v := range x[i*k : (i+1)*k] {
			row[j] = v + x[j*k+i]
		}
	}
}
