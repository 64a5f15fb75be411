package ops

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Column is one column of x, over all rows: y_i = x_ij.
//
// Shapes: x rows×n of rank 2 to 4, j in [0, n); the result is a vector of
// rows.
// Gradient: to x, g in column j and 0 elsewhere.
func Column(x *G.Node, j int) (*G.Node, error) {
	if x == nil || x.Dims() < 2 || x.Dims() > 4 || j < 0 || j >= x.Shape()[x.Dims()-1] {
		return nil, fmt.Errorf("ops: Column: column %d of %v, want one of those of a tensor of rank 2 to 4", j, x)
	}
	return apply(columnOp(x.Shape(), j), x)
}

func columnOp(of tensor.Shape, j int) *op {
	rows, n := split(of)
	return &op{
		name: "Column", attrs: fmt.Sprint(of, j),
		shape: fixed(tensor.Shape{rows}, func(in []tensor.Shape) error { return wantSame("x", of, in[0]) }),
		f32:   func(c *call[float32]) error { return column(c, j, n) },
		f64:   func(c *call[float64]) error { return column(c, j, n) },
		diff: func(d *derivation, _ []ref, _, g ref) []ref {
			return []ref{d.apply(intoColumnOp(of, j), g)}
		},
	}
}

// intoColumnOp puts a vector into column j of zeros in the shape of.
func intoColumnOp(of tensor.Shape, j int) *op {
	_, n := split(of)
	return &op{
		name: "IntoColumn", attrs: fmt.Sprint(of, j), shape: fixed(of),
		f32: func(c *call[float32]) error { return intoColumn(c, j, n) },
		f64: func(c *call[float64]) error { return intoColumn(c, j, n) },
		diff: func(d *derivation, _ []ref, _, g ref) []ref {
			return []ref{d.apply(columnOp(of, j), g)}
		},
	}
}

func column[T Float](c *call[T], j, n int) error {
	x := c.float(0)
	for i := range c.out {
		c.out[i] = x[i*n+j]
	}
	return nil
}

func intoColumn[T Float](c *call[T], j, n int) error {
	clear(c.out)
	for i, v := range c.float(0) {
		c.out[i*n+j] = v
	}
	return nil
}

// Columns puts vectors side by side: y_ij = v_ji.
//
// Shapes: vectors of one length; the result is that length × their number.
// Gradient: to each vector, its column.
func Columns(vs ...*G.Node) (*G.Node, error) {
	wrt := make([]bool, len(vs))
	for i := range wrt {
		wrt[i] = true
	}
	if len(vs) == 0 {
		return nil, fmt.Errorf("ops: Columns: no vectors, want at least one")
	}
	return apply(&op{
		name: "Columns", wrt: wrt,
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			if err := wantRank("a vector", in[0], 1, 1); err != nil {
				return nil, err
			}
			_, err := allSame(in)
			return tensor.Shape{in[0][0], len(in)}, err
		},
		f32: columns[float32], f64: columns[float64],
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			var grads []ref
			for j := range in {
				grads = append(grads, d.apply(columnOp(tensor.Shape{in[0].shape()[0], len(in)}, j), g))
			}
			return grads
		},
	}, vs...)
}

func columns[T Float](c *call[T]) error {
	q := len(c.in)
	for j := range q {
		for i, v := range c.float(j) {
			c.out[i*q+j] = v
		}
	}
	return nil
}

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
