package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// SegmentSoftmax is the softmax over the rows of each segment, by column:
//
//	y_i = exp(x_i − max_s) / Σ_{j ∈ s} exp(x_j − max_s),  s the segment of i
//
// Shapes: x rows×n or a vector of rows; the result is shaped as x. A row of
// no segment gives 0.
// Gradient: to x, y ⊙ (g − Σ_{j ∈ s} g_j y_j).
func SegmentSoftmax(x *G.Node, s Segments) (*G.Node, error) {
	if _, err := segmentShape("SegmentSoftmax", x, s); err != nil {
		return nil, err
	}
	kept := new(keptPlan)
	return apply(&op{
		name: "SegmentSoftmax", attrs: fmt.Sprint(s.Count), kinds: "fi",
		shape: fixed(x.Shape(), wantIDs(1)), plan: kept,
		f32: func(c *call[float32]) error { return segmentSoftmax(c, s.Count) },
		f64: func(c *call[float64]) error { return segmentSoftmax(c, s.Count) },
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			return []ref{d.apply(segmentSoftmaxGradOp(s.Count, kept), withIDs(in, 1, y, g)...)}
		},
	}, s.with(x)...)
}

func segmentSoftmax[T Float](c *call[T], segments int) error {
	rows, n := split(c.shape)
	p, err := c.plan(1, rows, segments)
	if err != nil {
		return err
	}
	kernels.SegmentSoftmax(c.out, c.float(0), p, n)
	return nil
}

// segmentSoftmaxGradOp takes the softmax y, its gradient, and the ids.
func segmentSoftmaxGradOp(segments int, kept *keptPlan) *op {
	return &op{
		name: "SegmentSoftmaxGrad", attrs: fmt.Sprint(segments), kinds: "ffi",
		shape: like(0), plan: kept,
		f32: func(c *call[float32]) error { return segmentSoftmaxGrad(c, segments) },
		f64: func(c *call[float64]) error { return segmentSoftmaxGrad(c, segments) },
	}
}

func segmentSoftmaxGrad[T Float](c *call[T], segments int) error {
	rows, n := split(c.shape)
	p, err := c.plan(2, rows, segments)
	if err != nil {
		return err
	}
	kernels.SegmentSoftmaxGrad(c.out, c.float(0), c.float(1), p, n)
	return nil
}

// SegmentSoftmaxEps is SegmentSoftmax with ε in the denominator:
//
//	y_i = exp(x_i − max_s) / (ε + Σ_{j ∈ s} exp(x_j − max_s)),  s the segment of i
//
// so that the rows of a segment sum to a little less than 1. With ε = 0 it is
// SegmentSoftmax.
//
// Shapes: x rows×n or a vector of rows; the result is shaped as x. A row of
// no segment gives 0.
// Gradient: to x, y ⊙ (g − Σ_{j ∈ s} g_j y_j): the maximum counts as a
// constant, which is off by at most the order of ε.
// Errors: ε negative or not finite.
// Source: the softmax over nodes of Spektral's disjoint mode, ε = 1e-9.
func SegmentSoftmaxEps(x *G.Node, s Segments, eps float64) (*G.Node, error) {
	if !(eps >= 0) || math.IsInf(eps, 1) {
		return nil, fmt.Errorf("ops: SegmentSoftmaxEps: ε = %v, want a number of at least 0", eps)
	}
	if eps == 0 {
		return SegmentSoftmax(x, s)
	}
	if _, err := segmentShape("SegmentSoftmaxEps", x, s); err != nil {
		return nil, err
	}
	kept := new(keptPlan)
	return apply(&op{
		name: "SegmentSoftmaxEps", attrs: fmt.Sprint(s.Count, eps), kinds: "fi",
		shape: fixed(x.Shape(), wantIDs(1)), plan: kept,
		f32: func(c *call[float32]) error { return segmentSoftmaxEps(c, s.Count, eps) },
		f64: func(c *call[float64]) error { return segmentSoftmaxEps(c, s.Count, eps) },
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			return []ref{d.apply(segmentSoftmaxGradOp(s.Count, kept), withIDs(in, 1, y, g)...)}
		},
	}, s.with(x)...)
}

// segmentSoftmaxEps scales the softmax: the largest share of a segment is
// 1/Σ, so that Σ/(Σ + ε) = 1/(1 + ε·largest).
func segmentSoftmaxEps[T Float](c *call[T], segments int, eps float64) error {
	rows, n := split(c.shape)
	p, err := c.plan(1, rows, segments)
	if err != nil {
		return err
	}
	kernels.SegmentSoftmax(c.out, c.float(0), p, n)
	scale := make([]T, segments*n)
	kernels.SegmentMax(scale, c.out, p, n)
	for i, v := range scale {
		scale[i] = T(1 / (1 + eps*float64(v)))
	}
	for r, s := range p.IDs() {
		for j := 0; s >= 0 && j < n; j++ {
			c.out[r*n+j] *= scale[s*n+j]
		}
	}
	return nil
}
