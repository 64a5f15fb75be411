package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

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
	return &op{
		name: "SegmentMean", attrs: fmt.Sprint(out), kinds: "fi",
		shape: fixed(out, wantIDs(1)),
		f32:   segmentMean[float32], f64: segmentMean[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(segmentMeanGradOp(in[0].shape()), withIDs(in, 1, g)...)}
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
	ids, err := c.ids(1, rows, segments)
	if err != nil {
		return err
	}
	kernels.SegmentMean(c.out, c.float(0), ids, segments, n)
	return nil
}

// segmentMeanGradOp takes the gradient of the means, and the ids.
func segmentMeanGradOp(out tensor.Shape) *op {
	return &op{
		name: "SegmentMeanGrad", attrs: fmt.Sprint(out), kinds: "fi", shape: fixed(out),
		f32: segmentMeanGrad[float32], f64: segmentMeanGrad[float64],
	}
}

func segmentMeanGrad[T Float](c *call[T]) error {
	rows, n := split(c.shape)
	segments, _ := split(c.in[0].Shape())
	ids, err := c.ids(1, rows, segments)
	if err != nil {
		return err
	}
	kernels.SegmentMeanGrad(c.out, c.float(0), ids, segments, n)
	return nil
}
