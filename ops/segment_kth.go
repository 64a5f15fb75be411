package ops

import (
	"cmp"
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
)

// SegmentKth is, for each segment and column, the value that ⌊n/parts⌋ of the
// segment's n values are ranked before, from the largest down: a quantile. Of
// equal values the lower row ranks first. An empty segment gives 0.
//
// Shapes: x rows×n or a vector of rows; the result is Count×n, or a vector of
// Count.
// Gradient: to the rows whose values they are.
func SegmentKth(x *G.Node, s Segments, parts int) (*G.Node, error) {
	out, err := segmentShape("SegmentKth", x, s)
	if err != nil {
		return nil, err
	}
	if parts < 1 {
		return nil, fmt.Errorf("ops: SegmentKth: parts = %d, want at least 1", parts)
	}
	return apply(&op{
		name: "SegmentKth", attrs: fmt.Sprint(out, parts), kinds: "fi",
		shape: fixed(out, wantIDs(1)),
		f32:   func(c *call[float32]) error { return segmentKth(c, parts) },
		f64:   func(c *call[float64]) error { return segmentKth(c, parts) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(&op{
				name: "SegmentKthGrad", attrs: fmt.Sprint(parts), kinds: "ffi", shape: like(0),
				f32: func(c *call[float32]) error { return segmentKthGrad(c, parts) },
				f64: func(c *call[float64]) error { return segmentKthGrad(c, parts) },
			}, withIDs(in, 1, in[0], g)...)}
		},
	}, s.with(x)...)
}

func segmentKth[T number](c *call[T], parts int) error {
	segments, _ := split(c.shape)
	x := c.float(0)
	clear(c.out)
	return c.kth(1, segments, parts, func(to, from int) { c.out[to] = x[from] })
}

// segmentKthGrad takes x and the gradient of the quantiles, and the ids.
func segmentKthGrad[T number](c *call[T], parts int) error {
	segments, _ := split(c.in[1].Shape())
	g := c.float(1)
	clear(c.out)
	return c.kth(2, segments, parts, func(from, to int) { c.out[to] += g[from] })
}

// kth calls found with the place of each quantile and that of the element of
// x, input 0, which it is; the ids are input at.
func (c *call[T]) kth(at, segments, parts int, found func(quantile, element int)) error {
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
		for j := range n {
			if len(m) == 0 {
				continue
			}
			ranked := slices.Clone(m)
			slices.SortStableFunc(ranked, func(a, b int) int { return cmp.Compare(x[b*n+j], x[a*n+j]) })
			found(s*n+j, ranked[min(len(m)/parts, len(m)-1)]*n+j)
		}
	}
	return nil
}
