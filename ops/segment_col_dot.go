package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// ColDot is, for each segment, the dot products of the columns of two
// matrices over the segment's rows, the diagonal of TransMul:
//
//	y_sc = Σ_{i ∈ s} a_ic b_ic
//
// Shapes: a and b rows×n, of one shape; the result is Count×n.
// Gradient: to a, b_ic·g_sc; to b, a_ic·g_sc.
func ColDot(a, b *G.Node, s Segments) (*G.Node, error) {
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("ops: ColDot: %w", err)
	}
	return apply(colDotOp(s.Count), s.with(a, b)...)
}

func colDotOp(segments int) *op {
	return &op{
		name: "ColDot", attrs: fmt.Sprint(segments), kinds: "ffi", wrt: []bool{true, true},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			if in[0].Dims() < 2 {
				return nil, fmt.Errorf("a has shape %v, want rank 2 or more", in[0])
			}
			if err := wantSame("b", in[0], in[1]); err != nil {
				return nil, err
			}
			return withRows(in[0], segments), wantIDs(2)(in)
		},
		f32: colDot[float32], f64: colDot[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{
				d.apply(segmentScaleOp(segments), withIDs(in, 2, in[1], g)...),
				d.apply(segmentScaleOp(segments), withIDs(in, 2, in[0], g)...),
			}
		},
	}
}

func colDot[T Float](c *call[T]) error {
	rows, n := split(c.in[0].Shape())
	ids, err := c.segmentIDs(2, rows, c.shape[0])
	if err != nil {
		return err
	}
	kernels.SegmentColDot(c.out, c.float(0), c.float(1), ids, c.shape[0], n)
	return nil
}

// SegmentScale scales the columns of each row by its segment's vector:
//
//	y_ic = x_ic v_sc,  s the segment of i
//
// Shapes: x rows×n of rank 2 to 4, v Count×n; the result is shaped as x. A
// row of no segment gives 0.
// Gradient: to x, g_ic·v_sc; to v, by ColDot.
func SegmentScale(x, v *G.Node, s Segments) (*G.Node, error) {
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("ops: SegmentScale: %w", err)
	}
	return apply(segmentScaleOp(s.Count), s.with(x, v)...)
}

func segmentScaleOp(segments int) *op {
	return &op{
		name: "SegmentScale", attrs: fmt.Sprint(segments), kinds: "ffi", wrt: []bool{true, true},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			x, v := in[0], in[1]
			if x.Dims() < 2 || v.Dims() != 2 || v[0] != segments || v[1] != x[x.Dims()-1] {
				return nil, fmt.Errorf("shapes %v and %v, want rows of n and (%d, n)", x, v, segments)
			}
			return x.Clone(), wantIDs(2)(in)
		},
		f32: segmentScale[float32], f64: segmentScale[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{
				d.apply(segmentScaleOp(segments), withIDs(in, 2, g, in[1])...),
				d.apply(colDotOp(segments), withIDs(in, 2, g, in[0])...),
			}
		},
	}
}

func segmentScale[T Float](c *call[T]) error {
	rows, n := split(c.shape)
	x, v := c.float(0), c.float(1)
	if len(c.in) == 2 {
		kernels.ColScale(c.out, x, v, rows, n)
		return nil
	}
	ids, err := c.ids(2, rows, c.in[1].Shape()[0])
	if err != nil {
		return err
	}
	scaleSegments(c.out, x, v, ids, n)
	return nil
}
