package ops

import (
	"fmt"
	"sync"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Segments says which segment each row belongs to.
//
// IDs has an element of dtype Int a row, in [0, Count), or −1 for a row that
// belongs to none; sorted ids are faster, and ids that stay from run to run are
// sorted once by each operation that needs it. IDs nil: every row belongs to the
// one segment there is, and Count is 1. The number of segments is given, not
// read off the ids, so that a trailing segment without rows is kept.
type Segments struct {
	IDs   *G.Node
	Count int
}

// OneSegment is a single segment that holds every row.
func OneSegment() Segments { return Segments{Count: 1} }

// keptPlan is which rows are in which segment, as an operation and its gradient
// keep it from run to run: ids that stay are sorted once. They are told from
// others by a fingerprint of 64 bits, also where a number was written into the
// tensor. It holds 4 bytes a segment, and 4 a row where the ids are not sorted,
// for as long as the operation lives.
type keptPlan struct {
	sync.Mutex
	kernels.Plan
}

func (s Segments) check() error {
	if s.Count < 1 {
		return fmt.Errorf("number of segments = %d, want at least 1", s.Count)
	}
	if s.IDs == nil && s.Count != 1 {
		return fmt.Errorf("number of segments = %d without ids, want 1", s.Count)
	}
	return nil
}

// with is the inputs followed by the ids, where there are any.
func (s Segments) with(in ...*G.Node) []*G.Node {
	if s.IDs != nil {
		in = append(in, s.IDs)
	}
	return in
}

// withIDs is the refs followed by the ids among the inputs in, which are at
// position at if they are there at all.
func withIDs(in []ref, at int, refs ...ref) []ref {
	if at < len(in) {
		refs = append(refs, in[at])
	}
	return refs
}

// wantIDs errs unless the ids, input at, have an element for each row of
// input 0.
func wantIDs(at int) func([]tensor.Shape) error {
	return func(in []tensor.Shape) error {
		if at >= len(in) {
			return nil
		}
		if rows, _ := split(in[0]); rows != in[at].TotalSize() {
			return fmt.Errorf("%d rows and %d segment ids, want one id a row", rows, in[at].TotalSize())
		}
		return nil
	}
}

// SegmentSum adds up the rows of each segment:
//
//	y_s = Σ_{i ∈ s} x_i
//
// Shapes: x rows×n or a vector of rows; the result is Count×n, or a vector of
// Count. An empty segment gives 0.
// Gradient: to x, by Spread.
func SegmentSum(x *G.Node, s Segments) (*G.Node, error) {
	out, err := segmentShape("SegmentSum", x, s)
	if err != nil {
		return nil, err
	}
	return apply(segmentSumOp(out), s.with(x)...)
}

// segmentShape is the shape of x reduced over the segments.
func segmentShape(name string, x *G.Node, s Segments) (tensor.Shape, error) {
	if x == nil {
		return nil, fmt.Errorf("ops: %s: x is nil, want a node", name)
	}
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("ops: %s: %w", name, err)
	}
	if err := wantRank("x", x.Shape(), 1, 4); err != nil {
		return nil, fmt.Errorf("ops: %s: %w", name, err)
	}
	return withRows(x.Shape(), s.Count), nil
}

func segmentSumOp(out tensor.Shape) *op {
	return &op{
		name: "SegmentSum", attrs: fmt.Sprint(out), kinds: "fi",
		shape: fixed(out, wantIDs(1)), plan: new(keptPlan),
		f32: segmentSum[float32], f64: segmentSum[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(spreadOp(in[0].shape()), withIDs(in, 1, g)...)}
		},
	}
}

func segmentSum[T Float](c *call[T]) error {
	rows, n := split(c.in[0].Shape())
	if len(c.in) == 1 {
		kernels.ColSum(c.out, c.float(0), rows, n)
		return nil
	}
	segments, _ := split(c.shape)
	p, err := c.plan(1, rows, segments)
	if err != nil {
		return err
	}
	kernels.SegmentSum(c.out, c.float(0), p, n)
	return nil
}

// spreadOp gives each row the value of its segment, in the shape out.
func spreadOp(out tensor.Shape) *op {
	return &op{
		name: "Spread", attrs: fmt.Sprint(out), kinds: "fi",
		shape: fixed(out, func(in []tensor.Shape) error {
			if rows, _ := split(out); len(in) == 2 && in[1].TotalSize() != rows {
				return fmt.Errorf("%d segment ids, want %d, one a row", in[1].TotalSize(), rows)
			}
			return nil
		}),
		f32: spread[float32], f64: spread[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(segmentSumOp(in[0].shape()), withIDs(in, 1, g)...)}
		},
	}
}

func spread[T Float](c *call[T]) error {
	rows, n := split(c.shape)
	segments, _ := split(c.in[0].Shape())
	ids, err := c.ids(1, rows, segments)
	if err != nil {
		return err
	}
	kernels.Gather(c.out, c.float(0), ids, segments, n)
	return nil
}

// Spread gives each row the value of its segment: y_i = v_{id(i)}, the
// adjoint of SegmentSum. Rows of no segment get 0.
//
// Shapes: v Count×n or a vector of Count; rows is the number of rows of the
// result, which the ids must have too.
// Gradient: to v, by SegmentSum.
func Spread(v *G.Node, s Segments, rows int) (*G.Node, error) {
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("ops: Spread: %w", err)
	}
	if v == nil {
		return nil, fmt.Errorf("ops: Spread: v is nil, want a node")
	}
	if v.Dims() < 1 || v.Dims() > 2 || v.Shape()[0] != s.Count {
		return nil, fmt.Errorf("ops: Spread: v has shape %v, want (%d, n) or (%d)", v.Shape(), s.Count, s.Count)
	}
	return apply(spreadOp(withRows(v.Shape(), rows)), s.with(v)...)
}

// SegmentCount is the number of rows of each segment, as a vector of Count
// floats of the dtype of x, whose values it does not read. It has no gradient.
func SegmentCount(s Segments, x *G.Node, rows int) (*G.Node, error) {
	dt, err := floatOf(x)
	if err == nil {
		err = s.check()
	}
	if err == nil && rows < 0 {
		err = fmt.Errorf("rows = %d, want at least 0", rows)
	}
	if err != nil {
		return nil, fmt.Errorf("ops: SegmentCount: %w", err)
	}
	if s.IDs == nil {
		return Full(x, float64(rows), s.Count)
	}
	return apply(&op{
		name: "SegmentCount", attrs: fmt.Sprint(s.Count, rows, dt), dtype: dt, kinds: "i",
		shape: fixed(tensor.Shape{s.Count}, func(in []tensor.Shape) error {
			if n := in[0].TotalSize(); n != rows {
				return fmt.Errorf("%d segment ids, want %d, one a row", n, rows)
			}
			return nil
		}),
		f32: segmentCount[float32], f64: segmentCount[float64],
	}, s.IDs)
}

func segmentCount[T Float](c *call[T]) error {
	segments := len(c.out)
	ids, err := c.ids(0, c.in[0].Shape().TotalSize(), segments)
	if err != nil {
		return err
	}
	kernels.SegmentCount(c.out, ids, segments)
	return nil
}
