package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Reshape copies x into another shape of the same size. Gorgonia's own
// Reshape shares x's memory, which its in-place additions then overwrite.
//
// Gradient: to x, g in x's shape.
func Reshape(x *G.Node, shape ...int) (*G.Node, error) {
	for _, d := range shape {
		if d < 1 {
			return nil, fmt.Errorf("ops: Reshape: shape = %v, want at least 1 in every axis", shape)
		}
	}
	return apply(reshapeOp(shape), x)
}

func reshapeOp(out tensor.Shape) *op {
	return &op{
		name: "Reshape", attrs: fmt.Sprint(out),
		shape: fixed(out, func(in []tensor.Shape) error {
			if in[0].TotalSize() != out.TotalSize() {
				return fmt.Errorf("shape %v to %v, want as many elements", in[0], out)
			}
			return nil
		}),
		f32: copyOut[float32], f64: copyOut[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(reshapeOp(in[0].shape()), g)}
		},
	}
}

func copyOut[T Float](c *call[T]) error {
	copy(c.out, c.float(0))
	return nil
}

// MatrixRow is one row of each matrix: y_bj = x_bij for a given i.
//
// Shapes: x B×m×n, i in [0, m); the result is B×n.
// Gradient: to x, g in row i and 0 elsewhere.
func MatrixRow(x *G.Node, i int) (*G.Node, error) {
	if x == nil || x.Dims() != 3 || i < 0 || i >= x.Shape()[1] {
		return nil, fmt.Errorf("ops: MatrixRow: row %d of %v, want one of those of a tensor of rank 3", i, x)
	}
	s := x.Shape()
	return apply(matrixRows{s, i, 1, tensor.Shape{s[0], s[2]}}.op(), x)
}

// MatrixRows is some rows of each matrix: y_bij = x_b,from+i,j.
//
// Shapes: x B×m×n, rows at least 1 of them from one on; the result is B×rows×n.
// Gradient: to x, g in these rows and 0 elsewhere.
func MatrixRows(x *G.Node, from, rows int) (*G.Node, error) {
	if x == nil || x.Dims() != 3 || from < 0 || rows < 1 || rows > x.Shape()[1]-from {
		return nil, fmt.Errorf("ops: MatrixRows: %d rows from %d on of %v, want some of those of a tensor of rank 3", rows, from, x)
	}
	s := x.Shape()
	return apply(matrixRows{s, from, rows, tensor.Shape{s[0], rows, s[2]}}.op(), x)
}

// matrixRows is rows of matrices of shape of, as a tensor of shape out.
type matrixRows struct {
	of         tensor.Shape
	from, rows int
	out        tensor.Shape
}

// op takes the rows out of the matrices.
func (r matrixRows) op() *op {
	return &op{
		name: "MatrixRows", attrs: fmt.Sprint(r), shape: fixed(r.out),
		f32:  func(c *call[float32]) error { return takeMatrixRows(c, r) },
		f64:  func(c *call[float64]) error { return takeMatrixRows(c, r) },
		diff: func(d *derivation, _ []ref, _, g ref) []ref { return []ref{d.apply(r.into(), g)} },
	}
}

// into puts rows into matrices of zeros.
func (r matrixRows) into() *op {
	return &op{
		name: "IntoMatrixRows", attrs: fmt.Sprint(r), shape: fixed(r.of),
		f32:  func(c *call[float32]) error { return putMatrixRows(c, r) },
		f64:  func(c *call[float64]) error { return putMatrixRows(c, r) },
		diff: func(d *derivation, _ []ref, _, g ref) []ref { return []ref{d.apply(r.op(), g)} },
	}
}

func takeMatrixRows[T Float](c *call[T], r matrixRows) error {
	r.each(func(at, from, n int) { copy(c.out[at:at+n], c.float(0)[from:]) })
	return c.err
}

func putMatrixRows[T Float](c *call[T], r matrixRows) error {
	clear(c.out)
	r.each(func(at, from, n int) { copy(c.out[from:from+n], c.float(0)[at:]) })
	return c.err
}

// each calls f with the places of the rows of a matrix, among the rows and in the
// matrices, and how many numbers they are.
func (r matrixRows) each(f func(at, from, n int)) {
	m, n := r.of[1], r.of[2]
	for b := range r.of[0] {
		f(b*r.rows*n, (b*m+r.from)*n, r.rows*n)
	}
}

// Tile repeats x as a whole: copies times, along the first axis.
//
// Shapes: x of shape (n, …); the result is (copies·n, …).
// Gradient: to x, the sum over the copies.
func Tile(x *G.Node, copies int) (*G.Node, error) {
	if x == nil || x.Dims() < 1 || copies < 1 {
		return nil, fmt.Errorf("ops: Tile: %d copies of %v, want at least 1 of a vector or more", copies, x)
	}
	s := x.Shape().Clone()
	s[0] *= copies
	return apply(tileOp(s), x)
}

func tileOp(out tensor.Shape) *op {
	return &op{
		name: "Tile", attrs: fmt.Sprint(out), shape: fixed(out), f32: tile[float32], f64: tile[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(foldOp(in[0].shape()), g)}
		},
	}
}

func tile[T Float](c *call[T]) error {
	x := c.float(0)
	for i := 0; i < len(c.out); i += len(x) {
		copy(c.out[i:], x)
	}
	return nil
}

// foldOp adds up the copies, each of shape out.
func foldOp(out tensor.Shape) *op {
	return &op{
		name: "Fold", attrs: fmt.Sprint(out), shape: fixed(out), f32: fold[float32], f64: fold[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(tileOp(in[0].shape()), g)}
		},
	}
}

func fold[T Float](c *call[T]) error {
	const width = 512 // so many elements at a time
	x, n := c.float(0), len(c.out)
	var sum [width]float64
	for lo := 0; lo < n; lo += width {
		part := sum[:min(width, n-lo)]
		clear(part)
		for at := lo; at < len(x); at += n {
			addScaled(part, x[at:], 1)
		}
		narrowTo(c.out[lo:], part)
	}
	return nil
}

// AddDiagonal adds c to the diagonal of each square matrix: x + c·I.
//
// Shapes: x (…, K, K). Gradient: to x, g.
func AddDiagonal(x *G.Node, c float64) (*G.Node, error) {
	return onDiagonal("AddDiagonal", x, true, c)
}

// ZeroDiagonal is x with zeros on the diagonal of each square matrix.
//
// Shapes: x (…, K, K). Gradient: to x, g with a zero diagonal.
func ZeroDiagonal(x *G.Node) (*G.Node, error) { return onDiagonal("ZeroDiagonal", x, false, 0) }

// onDiagonal is x_ij off the diagonal and x_ii + c on it, or c alone where the
// diagonal is not kept.
func onDiagonal(name string, x *G.Node, keep bool, c float64) (*G.Node, error) {
	return apply(diagonalOp(name, keep, c), x)
}

func diagonalOp(name string, keep bool, c float64) *op {
	return &op{
		name: name, attrs: fmt.Sprint(keep, c),
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			if d := in[0].Dims(); d < 2 || in[0][d-1] != in[0][d-2] {
				return nil, fmt.Errorf("x has shape %v, want square matrices", in[0])
			}
			return in[0].Clone(), nil
		},
		f32: func(cl *call[float32]) error { return diagonal(cl, keep, c) },
		f64: func(cl *call[float64]) error { return diagonal(cl, keep, c) },
		diff: func(d *derivation, _ []ref, _, g ref) []ref {
			return []ref{d.apply(diagonalOp(name, keep, 0), g)}
		},
	}
}

func diagonal[T Float](cl *call[T], keep bool, c float64) error {
	k := cl.shape[cl.shape.Dims()-1]
	x := cl.float(0)
	kernels.ForRows(len(x)/k, k, func(lo, hi int) {
		copy(cl.out[lo*k:hi*k], x[lo*k:])
		for r := lo; r < hi; r++ {
			d := &cl.out[r*k+r%k]
			if !keep {
				*d = 0 // not 0·x, which is NaN for an infinite x
			}
			*d += T(c)
		}
	})
	return nil
}

// Transpose swaps the last two axes, copying.
//
// Shapes: x (…, m, n); the result is (…, n, m). Gradient: to x, gᵀ.
func Transpose(x *G.Node) (*G.Node, error) { return apply(transposeOp(), x) }

func transposeOp() *op {
	return &op{
		name: "Transpose",
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			if err := wantRank("x", in[0], 2, 4); err != nil {
				return nil, err
			}
			s := in[0].Clone()
			d := len(s)
			s[d-1], s[d-2] = s[d-2], s[d-1]
			return s, nil
		},
		f32: transpose[float32], f64: transpose[float64],
		diff: func(d *derivation, _ []ref, _, g ref) []ref { return []ref{d.apply(transposeOp(), g)} },
	}
}

func transpose[T Float](c *call[T]) error {
	x := c.float(0)
	d := c.shape.Dims()
	n, m := c.shape[d-2], c.shape[d-1]
	size := m * n
	kernels.ForRows(len(x)/size, size, func(lo, hi int) {
		for b := lo * size; b < hi*size; b += size {
			kernels.Transpose(c.out[b:b+size], x[b:b+size], m, n)
		}
	})
	return nil
}
