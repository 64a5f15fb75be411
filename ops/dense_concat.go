package ops

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Concat puts tensors of the same rows side by side:
//
//	y_i = (x1_i, x2_i, …)
//
// Shapes: each x rows×n_k; the result is rows×Σ n_k.
// Gradient: to each x, its columns of g.
func Concat(x ...*G.Node) (*G.Node, error) {
	if len(x) == 0 {
		return nil, errors.New("ops: Concat: no tensor, want at least 1")
	}
	wrt := make([]bool, len(x))
	for i := range wrt {
		wrt[i] = true
	}
	return apply(&op{
		name: "Concat", attrs: fmt.Sprint(len(x)), wrt: wrt, shape: sideBySide,
		f32: concat[float32], f64: concat[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			out, first := make([]ref, len(in)), 0
			for i, r := range in {
				_, n := split(r.shape())
				out[i] = d.apply(columnRangeOp(first, first+n), g)
				first += n
			}
			return out
		},
	}, x...)
}

func sideBySide(in []tensor.Shape) (tensor.Shape, error) {
	width := 0
	for _, s := range in {
		if s.Dims() < 2 || !same(withLast(s, 1), withLast(in[0], 1)) {
			return nil, fmt.Errorf("shapes %v, want rank 2 or more and the same rows", in)
		}
		width += s[s.Dims()-1]
	}
	return withLast(in[0], width), nil
}

func concat[T Float](c *call[T]) error {
	rows, width := split(c.shape)
	first := 0
	for i := range c.in {
		x := c.float(i)
		n := len(x) / rows
		for r := range rows {
			copy(c.out[r*width+first:][:n], x[r*n:])
		}
		first += n
	}
	return nil
}

// ColumnRange is the columns from lo to hi, without hi: y_ij = x_i(lo+j).
//
// Shapes: x rows×n; the result is rows×(hi−lo).
// Gradient: to x, g in those columns and 0 elsewhere.
func ColumnRange(x *G.Node, lo, hi int) (*G.Node, error) {
	return apply(columnRangeOp(lo, hi), x)
}

func columnRangeOp(lo, hi int) *op {
	return &op{
		name: "ColumnRange", attrs: fmt.Sprint(lo, hi),
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			if x := in[0]; x.Dims() < 2 || lo < 0 || hi <= lo || hi > x[x.Dims()-1] {
				return nil, fmt.Errorf("columns %d to %d of shape %v, want some of a matrix", lo, hi, x)
			}
			return withLast(in[0], hi-lo), nil
		},
		f32: func(c *call[float32]) error { return columnRange(c, lo) },
		f64: func(c *call[float64]) error { return columnRange(c, lo) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(columnPlaceOp(in[0].shape(), lo), g)}
		},
	}
}

func columnRange[T Float](c *call[T], lo int) error {
	x := c.float(0)
	rows, n := split(c.shape)
	width := len(x) / rows
	kernels.ForRows(rows, n, func(a, b int) {
		for r := a; r < b; r++ {
			copy(c.out[r*n:(r+1)*n], x[r*width+lo:])
		}
	})
	return nil
}

// columnPlaceOp puts its input into the columns from lo on of a tensor of 0.
func columnPlaceOp(out tensor.Shape, lo int) *op {
	return &op{
		name: "ColumnPlace", attrs: fmt.Sprint(out, lo), shape: fixed(out),
		f32: func(c *call[float32]) error { return columnPlace(c, lo) },
		f64: func(c *call[float64]) error { return columnPlace(c, lo) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			_, n := split(in[0].shape())
			return []ref{d.apply(columnRangeOp(lo, lo+n), g)}
		},
	}
}

func columnPlace[T Float](c *call[T], lo int) error {
	x := c.float(0)
	rows, width := split(c.shape)
	n := len(x) / rows
	clear(c.out)
	for r := range rows {
		copy(c.out[r*width+lo:][:n], x[r*n:])
	}
	return nil
}
