package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

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
	return apply(&op{
		name: "SegmentMax", attrs: fmt.Sprint(out), kinds: "fi",
		shape: fixed(out, wantIDs(1)),
		f32:   segmentMax[float32], f64: segmentMax[float64],
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			return []ref{d.apply(segmentMaxGradOp(), withIDs(in, 1, in[0], y, g)...)}
		},
	}, s.with(x)...)
}

func segmentMax[T Float](c *call[T]) error {
	segments, n := split(c.shape)
	rows, _ := split(c.in[0].Shape())
	ids, err := c.ids(1, rows, segments)
	if err != nil {
		return err
	}
	kernels.SegmentMax(c.out, c.float(0), ids, segments, n)
	return nil
}

// segmentMaxGradOp takes x, the maxima y, their gradient, and the ids.
func segmentMaxGradOp() *op {
	return &op{
		name: "SegmentMaxGrad", kinds: "fffi",
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			return in[0].Clone(), wantSame("the gradient", in[1], in[2])
		},
		f32: segmentMaxGrad[float32], f64: segmentMaxGrad[float64],
	}
}

func segmentMaxGrad[T Float](c *call[T]) error {
	rows, n := split(c.shape)
	segments, _ := split(c.in[1].Shape())
	ids, err := c.ids(3, rows, segments)
	if err != nil {
		return err
	}
	kernels.SegmentMaxGrad(c.out, c.float(0), c.float(1), c.float(2), ids, segments, n)
	return nil
}
