package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// TransMul is, for each segment, the product of a transposed matrix and
// another over the segment's rows, without forming the transpose:
//
//	y_s = Σ_{i ∈ s} a_iᵀ b_i
//
// With a = b it is the Gram matrix aᵀa.
//
// Shapes: a rows×k, b rows×n, of one rank from 2 to 4 and the same rows; the
// result is Count×k×n. An empty segment gives 0.
// Gradient: to a, b_i·g_sᵀ; to b, a_i·g_s.
func TransMul(a, b *G.Node, s Segments) (*G.Node, error) {
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("ops: TransMul: %w", err)
	}
	return apply(transMulOp(s.Count), s.with(a, b)...)
}

func transMulOp(segments int) *op {
	return &op{
		name: "TransMul", attrs: fmt.Sprint(segments), kinds: "ffi", wrt: []bool{true, true},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			if err := wantSameRows(in); err != nil {
				return nil, err
			}
			_, k := split(in[0])
			_, n := split(in[1])
			return tensor.Shape{segments, k, n}, wantIDs(2)(in)
		},
		f32: transMul[float32], f64: transMul[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{
				d.apply(segmentMulOp(segments, true), withIDs(in, 2, in[1], g)...),
				d.apply(segmentMulOp(segments, false), withIDs(in, 2, in[0], g)...),
			}
		},
	}
}

func transMul[T Float](c *call[T]) error {
	rows, k := split(c.in[0].Shape())
	ids, err := c.segmentIDs(2, rows, c.shape[0])
	if err != nil {
		return err
	}
	kernels.SegmentCross(c.out, c.float(0), c.float(1), ids, c.shape[0], rows, k, c.shape[2])
	return nil
}

// SegmentMul multiplies each row by its segment's matrix:
//
//	y_i = x_i · M_s,  s the segment of i
//
// Shapes: x rows×k of rank 2 to 4, m Count×k×n; the result is x's shape with
// its last axis n. A row of no segment gives 0.
// Gradient: to x, g_i·M_sᵀ; to m, by TransMul.
func SegmentMul(x, m *G.Node, s Segments) (*G.Node, error) {
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("ops: SegmentMul: %w", err)
	}
	return apply(segmentMulOp(s.Count, false), s.with(x, m)...)
}

// segmentMulOp takes x, the matrices, and the ids; transposed, it multiplies
// by M_sᵀ.
func segmentMulOp(segments int, transposed bool) *op {
	return &op{
		name: "SegmentMul", attrs: fmt.Sprint(segments, transposed), kinds: "ffi", wrt: []bool{true, true},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			x, m := in[0], in[1]
			k, n := 1, 2
			if transposed {
				k, n = n, k
			}
			if x.Dims() < 2 || m.Dims() != 3 || m[0] != segments || x[x.Dims()-1] != m[k] {
				return nil, fmt.Errorf("shapes %v and %v, want rows of k and (%d, k, n)", x, m, segments)
			}
			return withLast(x, m[n]), wantIDs(2)(in)
		},
		f32: func(c *call[float32]) error { return segmentMul(c, segments, transposed) },
		f64: func(c *call[float64]) error { return segmentMul(c, segments, transposed) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			a, b := in[0], g
			if transposed {
				a, b = b, a
			}
			return []ref{
				d.apply(segmentMulOp(segments, !transposed), withIDs(in, 2, g, in[1])...),
				d.apply(transMulOp(segments), withIDs(in, 2, a, b)...),
			}
		},
	}
}

func segmentMul[T Float](c *call[T], segments int, transposed bool) error {
	rows, k := split(c.in[0].Shape())
	_, n := split(c.shape)
	x, m := c.float(0), c.float(1)
	if len(c.in) == 2 {
		mulRows(c.out, x, m, rows, k, n, transposed)
		return nil
	}
	ids, err := c.ids(2, rows, segments)
	if err != nil {
		return err
	}
	mulRun := func(lo, hi int) { // rows of one segment
		out := c.out[lo*n : hi*n]
		if s := ids[lo]; s < 0 {
			clear(out)
		} else {
			mulRows(out, x[lo*k:hi*k], m[s*k*n:(s+1)*k*n], hi-lo, k, n, transposed)
		}
	}
	eachRun(ids, k*n/8+k+n, mulRun)
	return nil
}

func mulRows[T Float](out, x, m []T, rows, k, n int, transposed bool) {
	if transposed {
		kernels.MatMulNT(out, x, m, rows, k, n)
		return
	}
	kernels.MatMul(out, x, m, rows, k, n)
}

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
