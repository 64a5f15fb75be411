package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Reduction is how several rows, or several entries of a sparse matrix, become
// one.
type Reduction string

// The reductions of the rows of a segment. Of no row each gives 0.
const (
	ReduceSum  Reduction = "sum"
	ReduceMean Reduction = "mean"
	ReduceMax  Reduction = "max" // by column; rows that tie share the gradient equally
	ReduceMin  Reduction = "min" // as ReduceMax
)

// Check errs for a reduction that does not exist; "" is the sum.
func (r Reduction) Check() error {
	switch r {
	case "", ReduceSum, ReduceMean, ReduceMax, ReduceMin:
		return nil
	}
	return fmt.Errorf("reduction = %q, want %s, %s, %s or %s", string(r), ReduceSum, ReduceMean, ReduceMax, ReduceMin)
}

// SegmentReduce makes one row of the rows of each segment, as r says; "" is the
// sum. An empty segment gives 0.
//
// Shapes and gradient as SegmentSum, SegmentMean, SegmentMax and SegmentMin.
func SegmentReduce(x *G.Node, s Segments, r Reduction) (*G.Node, error) {
	if err := r.Check(); err != nil {
		return nil, fmt.Errorf("ops: SegmentReduce: %w", err)
	}
	switch r {
	case ReduceMean:
		return SegmentMean(x, s)
	case ReduceMax:
		return SegmentMax(x, s)
	case ReduceMin:
		return SegmentMin(x, s)
	}
	return SegmentSum(x, s)
}

// SegmentMean is the mean of the rows of each segment; an empty segment
// gives 0.
//
// Shapes and gradient as SegmentSum; the gradient of a row is that of its
// segment's mean over the segment's number of rows.
func SegmentMean(x *G.Node, s Segments) (*G.Node, error) {
	out, err := segmentShape("SegmentMean", x, s)
	if err != nil {
		return nil, err
	}
	return apply(segmentMeanOp(out), s.with(x)...)
}

func segmentMeanOp(out tensor.Shape) *op {
	kept := new(keptPlan)
	return &op{
		name: "SegmentMean", attrs: fmt.Sprint(out), kinds: "fi",
		shape: fixed(out, wantIDs(1)), plan: kept,
		f32: segmentMean[float32], f64: segmentMean[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(segmentMeanGradOp(in[0].shape(), kept), withIDs(in, 1, g)...)}
		},
	}
}

func segmentMean[T Float](c *call[T]) error {
	rows, n := split(c.in[0].Shape())
	if len(c.in) == 1 {
		kernels.ColSum(c.out, c.float(0), rows, n)
		for i := range c.out {
			c.out[i] /= T(rows)
		}
		return nil
	}
	segments, _ := split(c.shape)
	p, err := c.plan(1, rows, segments)
	if err != nil {
		return err
	}
	kernels.SegmentMean(c.out, c.float(0), p, n)
	return nil
}

// segmentMeanGradOp takes the gradient of the means, and the ids.
func segmentMeanGradOp(out tensor.Shape, kept *keptPlan) *op {
	return &op{
		name: "SegmentMeanGrad", attrs: fmt.Sprint(out), kinds: "fi", shape: fixed(out), plan: kept,
		f32: segmentMeanGrad[float32], f64: segmentMeanGrad[float64],
	}
}

func segmentMeanGrad[T Float](c *call[T]) error {
	rows, n := split(c.shape)
	segments, _ := split(c.in[0].Shape())
	p, err := c.plan(1, rows, segments)
	if err != nil {
		return err
	}
	kernels.SegmentMeanGrad(c.out, c.float(0), p, n)
	return nil
}

// SegmentMax is the maximum of the rows of each segment, by column. An empty
// segment gives 0.
//
// Shapes: x rows×n or a vector of rows; the result is Count×n, or a vector of
// Count.
// Gradient: to the rows that reach the maximum; rows that tie share it
// equally.
func SegmentMax(x *G.Node, s Segments) (*G.Node, error) {
	out, err := segmentShape("SegmentMax", x, s)
	if err != nil {
		return nil, err
	}
	kept := new(keptPlan)
	return apply(&op{
		name: "SegmentMax", attrs: fmt.Sprint(out), kinds: "fi",
		shape: fixed(out, wantIDs(1)), plan: kept,
		f32: segmentMax[float32], f64: segmentMax[float64],
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			return []ref{d.apply(segmentMaxGradOp(kept), withIDs(in, 1, in[0], y, g)...)}
		},
	}, s.with(x)...)
}

func segmentMax[T Float](c *call[T]) error {
	segments, n := split(c.shape)
	rows, _ := split(c.in[0].Shape())
	p, err := c.plan(1, rows, segments)
	if err != nil {
		return err
	}
	kernels.SegmentMax(c.out, c.float(0), p, n)
	return nil
}

// segmentMaxGradOp takes x, the maxima y, their gradient, and the ids.
func segmentMaxGradOp(kept *keptPlan) *op {
	return &op{
		name: "SegmentMaxGrad", kinds: "fffi", plan: kept,
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			return in[0].Clone(), wantSame("the gradient", in[1], in[2])
		},
		f32: segmentMaxGrad[float32], f64: segmentMaxGrad[float64],
	}
}

func segmentMaxGrad[T Float](c *call[T]) error {
	rows, n := split(c.shape)
	segments, _ := split(c.in[1].Shape())
	p, err := c.plan(3, rows, segments)
	if err != nil {
		return err
	}
	kernels.SegmentMaxGrad(c.out, c.float(0), c.float(1), c.float(2), p, n)
	return nil
}

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
