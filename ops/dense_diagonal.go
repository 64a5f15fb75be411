package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

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
