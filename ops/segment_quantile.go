package ops

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strconv"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
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

// Interpolation is what SegmentQuantileAt takes between two values.
type Interpolation string

// The interpolations of a place t between two values, the lower lo and the
// higher hi.
const (
	InterpolateLinear   Interpolation = "linear"   // lo + (hi − lo) times the fraction of t
	InterpolateLower    Interpolation = "lower"    // lo
	InterpolateHigher   Interpolation = "higher"   // hi
	InterpolateNearest  Interpolation = "nearest"  // the nearer; half way, the one at an even place
	InterpolateMidpoint Interpolation = "midpoint" // (lo + hi)/2
)

// SegmentQuantileAt is the q-quantile of each segment and column: of the n values
// in rising order, the one at place t = q(n−1), counted from 0, interpolated
// where t is between two places. q is read as its shortest decimal and the product
// taken exactly, so that 0.29 of 101 values is at place 29. q = ½ and InterpolateLower is the median, of two the lower
// one. An empty segment gives 0.
//
// Shapes: x rows×n or a vector of rows; the result is Count×n, or a vector of
// Count.
// Gradient: to the rows whose values they are; of rows with equal values, to
// those at the place in the order of value and row.
func SegmentQuantileAt(x *G.Node, s Segments, q float64, by Interpolation) (*G.Node, error) {
	out, err := segmentShape("SegmentQuantileAt", x, s)
	if err != nil {
		return nil, err
	}
	if !(q >= 0 && q <= 1) {
		return nil, fmt.Errorf("ops: SegmentQuantileAt: q = %v, want 0 to 1", q)
	}
	if !slices.Contains([]Interpolation{InterpolateLinear, InterpolateLower, InterpolateHigher, InterpolateNearest, InterpolateMidpoint}, by) {
		return nil, fmt.Errorf("ops: SegmentQuantileAt: the interpolation is %q, want linear, lower, higher, nearest or midpoint", by)
	}
	return apply(&op{
		name: "SegmentQuantileAt", attrs: fmt.Sprint(out, q, by), kinds: "fi",
		shape: fixed(out, wantIDs(1)),
		f32:   func(c *call[float32]) error { return quantileAt(c, q, by) },
		f64:   func(c *call[float64]) error { return quantileAt(c, q, by) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{d.apply(&op{
				name: "SegmentQuantileAtGrad", attrs: fmt.Sprint(q, by), kinds: "ffi",
				shape: func(in []tensor.Shape) (tensor.Shape, error) { return in[0].Clone(), wantIDs(2)(in) },
				f32:   func(c *call[float32]) error { return quantileAtGrad(c, q, by) },
				f64:   func(c *call[float64]) error { return quantileAtGrad(c, q, by) },
			}, withIDs(in, 1, in[0], g)...)}
		},
	}, s.with(x)...)
}

// between is the two places of a quantile of n values, and the share of the
// higher one.
func between(q float64, n int, by Interpolation) (lo, hi int, share float64) {
	lo, share = place(q, n)
	if hi = lo; share > 0 {
		hi++
	}
	switch by {
	case InterpolateLower:
		return lo, lo, 0
	case InterpolateHigher:
		return hi, hi, 0
	case InterpolateNearest:
		if share < .5 || share == .5 && lo%2 == 0 {
			return lo, lo, 0
		}
		return hi, hi, 0
	case InterpolateMidpoint:
		return lo, hi, .5
	}
	return lo, hi, share
}

// betweener is between that does not compute the places of so many values as
// before again: columns of a segment have as many.
func betweener(q float64, by Interpolation) func(n int) (lo, hi int, share float64) {
	last, lo, hi, share := -1, 0, 0, 0.
	return func(n int) (int, int, float64) {
		if n != last {
			last = n
			lo, hi, share = between(q, n, by)
		}
		return lo, hi, share
	}
}

// place is q(n−1), its whole part and the rest.
func place(q float64, n int) (whole int, rest float64) {
	t := decimal(q)
	t.Mul(t, new(big.Rat).SetInt64(int64(n-1)))
	floor := new(big.Int).Div(t.Num(), t.Denom())
	rest, _ = t.Sub(t, new(big.Rat).SetInt(floor)).Float64()
	return int(floor.Int64()), rest
}

// decimal is the shortest decimal that is x in floating point, exactly: 0.07,
// which x as it is lies beside. x is finite.
func decimal(x float64) *big.Rat {
	r, ok := new(big.Rat).SetString(strconv.FormatFloat(x, 'g', -1, 64))
	if !ok {
		return new(big.Rat)
	}
	return r
}

func quantileAt[T Float](c *call[T], q float64, by Interpolation) error {
	segments, _ := split(c.shape)
	clear(c.out)
	x, n, placed := c.float(0), c.width(), betweener(q, by)
	return c.ordered(1, segments, func(at int, order []int) {
		lo, hi, share := placed(len(order))
		a, b := x[order[lo]*n+at%n], x[order[hi]*n+at%n]
		c.out[at] = a + T(share)*(b-a)
	})
}

// quantileAtGrad takes x, the gradient of the quantiles, and the ids.
func quantileAtGrad[T Float](c *call[T], q float64, by Interpolation) error {
	segments, _ := split(c.in[1].Shape())
	clear(c.out)
	g, n, placed := c.float(1), c.width(), betweener(q, by)
	return c.ordered(2, segments, func(at int, order []int) {
		lo, hi, share := placed(len(order))
		c.out[order[lo]*n+at%n] += g[at] * T(1-share)
		c.out[order[hi]*n+at%n] += g[at] * T(share)
	})
}

// ordered calls found with each place of the result that has rows, and the rows
// of its segment in the order of their values in its column, then of their
// numbers; x is input 0, and the ids are input at.
func (c *call[T]) ordered(at, segments int, found func(place int, order []int)) error {
	rows, n := split(c.in[0].Shape())
	groups, err := c.members(at, rows, segments)
	if err != nil {
		return err
	}
	x := c.float(0)
	for s, m := range groups {
		for j := 0; len(m) > 0 && j < n; j++ {
			slices.SortFunc(m, func(a, b int) int {
				return cmp.Or(cmp.Compare(x[a*n+j], x[b*n+j]), cmp.Compare(a, b))
			})
			found(s*n+j, m)
		}
	}
	return nil
}
