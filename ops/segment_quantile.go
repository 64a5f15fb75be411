package ops

import (
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
)

// SegmentQuantile is a quantile of each segment and column: of the segment's n
// values in falling order, the one at position ⌊n/parts⌋, counted from 0. With
// parts = 2 that is the median, with parts = 1 the smallest value. An empty
// segment gives 0.
//
// Shapes: x rows×n or a vector of rows; the result is Count×n, or a vector of
// Count.
// Gradient: to the rows whose values they are; rows that tie share it equally.
func SegmentQuantile(x *G.Node, s Segments, parts int) (*G.Node, error) {
	out, err := segmentShape("SegmentQuantile", x, s)
	if err != nil {
		return nil, err
	}
	if parts < 1 {
		return nil, fmt.Errorf("ops: SegmentQuantile: parts = %d, want at least 1", parts)
	}
	return apply(&op{
		name: "SegmentQuantile", attrs: fmt.Sprint(out, parts), kinds: "fi",
		shape: fixed(out, wantIDs(1)),
		f32:   func(c *call[float32]) error { return segmentKth(c, parts) },
		f64:   func(c *call[float64]) error { return segmentKth(c, parts) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(&op{
				name: "SegmentQuantileGrad", attrs: fmt.Sprint(parts), kinds: "ffi", shape: like(0),
				f32: func(c *call[float32]) error { return segmentKthGrad(c, parts) },
				f64: func(c *call[float64]) error { return segmentKthGrad(c, parts) },
			}, withIDs(in, 1, in[0], g)...)}
		},
	}, s.with(x)...)
}

func segmentKth[T Float](c *call[T], parts int) error {
	segments, _ := split(c.shape)
	clear(c.out)
	return c.kth(1, segments, parts, func(at int, value T, _ []int) { c.out[at] = value })
}

// segmentKthGrad takes x and the gradient of the quantiles, and the ids.
func segmentKthGrad[T Float](c *call[T], parts int) error {
	segments, _ := split(c.in[1].Shape())
	x, g, n := c.float(0), c.float(1), c.width()
	clear(c.out)
	return c.kth(2, segments, parts, func(at int, value T, rows []int) {
		tied := 0
		for _, i := range rows {
			if x[i*n+at%n] == value {
				tied++
			}
		}
		for _, i := range rows {
			if x[i*n+at%n] == value {
				c.out[i*n+at%n] = g[at] / T(tied)
			}
		}
	})
}

// width is the number of columns of input 0.
func (c *call[T]) width() int {
	_, n := split(c.in[0].Shape())
	return n
}

// kth calls found with the place of each quantile, its value, and the rows of
// its segment; x is input 0, and the ids are input at.
func (c *call[T]) kth(at, segments, parts int, found func(place int, value T, rows []int)) error {
	rows, n := split(c.in[0].Shape())
	ids, err := c.ids(at, rows, segments)
	if err != nil {
		return err
	}
	members := make([][]int, segments)
	for i, s := range ids {
		if s >= 0 {
			members[s] = append(members[s], i)
		}
	}
	x := c.float(0)
	for s, m := range members {
		if len(m) == 0 {
			continue
		}
		column := make([]T, len(m))
		for j := range n {
			for i, row := range m {
				column[i] = x[row*n+j]
			}
			slices.Sort(column)
			found(s*n+j, column[len(m)-1-min(len(m)/parts, len(m)-1)], m)
		}
	}
	return nil
}
