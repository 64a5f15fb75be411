package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// SegmentMin is the minimum of the rows of each segment, by column. An empty
// segment gives 0.
//
// Shapes and gradient as SegmentMax: rows that tie share it equally.
func SegmentMin(x *G.Node, s Segments) (*G.Node, error) {
	negative, err := Affine(x, -1, 0)
	if err != nil {
		return nil, err
	}
	most, err := SegmentMax(negative, s)
	if err != nil {
		return nil, err
	}
	return Affine(most, -1, 0)
}

// SegmentProd is the product of the rows of each segment, by column. An empty
// segment gives 1.
//
// Shapes: x rows×n or a vector of rows; the result is Count×n, or a vector of
// Count.
// Gradient: to x, g times the product of the other rows, also where some are 0.
func SegmentProd(x *G.Node, s Segments) (*G.Node, error) {
	out, err := segmentShape("SegmentProd", x, s)
	if err != nil {
		return nil, err
	}
	return apply(&op{
		name: "SegmentProd", attrs: fmt.Sprint(out), kinds: "fi",
		shape: fixed(out, wantIDs(1)),
		f32:   segmentProd[float32], f64: segmentProd[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(&op{
				name: "SegmentProdGrad", kinds: "ffi", shape: func(in []tensor.Shape) (tensor.Shape, error) { return in[0].Clone(), wantIDs(2)(in) },
				f32: segmentProdGrad[float32], f64: segmentProdGrad[float64],
			}, withIDs(in, 1, in[0], g)...)}
		},
	}, s.with(x)...)
}

func segmentProd[T Float](c *call[T]) error {
	segments, n := split(c.shape)
	rows, _ := split(c.in[0].Shape())
	ids, err := c.ids(1, rows, segments)
	if err != nil {
		return err
	}
	x := c.float(0)
	fill(c.out, 1)
	for i, s := range ids {
		for j := 0; s >= 0 && j < n; j++ {
			c.out[s*n+j] *= x[i*n+j]
		}
	}
	return nil
}

// segmentProdGrad takes x, the gradient of the products, and the ids: each row
// gets the product of those before it, then times that of those behind it.
func segmentProdGrad[T Float](c *call[T]) error {
	rows, n := split(c.shape)
	segments, _ := split(c.in[1].Shape())
	ids, err := c.ids(2, rows, segments)
	if err != nil {
		return err
	}
	x, g := c.float(0), c.float(1)
	so := make([]T, segments*n) // the product of the rows so far
	clear(c.out)
	fill(so, 1)
	for i, s := range ids {
		for j := 0; s >= 0 && j < n; j++ {
			c.out[i*n+j] = so[s*n+j]
			so[s*n+j] *= x[i*n+j]
		}
	}
	fill(so, 1)
	for i := rows - 1; i >= 0; i-- {
		s := ids[i]
		for j := 0; s >= 0 && j < n; j++ {
			c.out[i*n+j] *= so[s*n+j] * g[s*n+j]
			so[s*n+j] *= x[i*n+j]
		}
	}
	return nil
}
