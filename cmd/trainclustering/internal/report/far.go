package report

import (
	"math"

	"github.com/graphpool/graphpool/ops/host"
)

// tree is the quadtree of J. Barnes and P. Hut, "A hierarchical O(N log N)
// force-calculation algorithm", 1986, doi:10.1038/324446a0, in flat arrays. Its
// squares stand in the order of a walk from the root, each before what it
// holds, so that a walk needs no stack.
type tree struct {
	squares []square
	points  []point // those of a square lie beside each other
	order   []int   // which place each of the points is
}

// square is a part of the plane with the points in it.
type square struct {
	middle    point   // of the points
	count     float64 // of the points
	near      float64 // the squared distance up to which it does not count as one point
	from, to  int32   // its points
	next      int32   // the square after it and all that it holds
	undivided bool
}

const (
	squarePoints = 8   // up to which a square is not divided
	squareDepth  = 24  // so that points in one place do not divide it for ever
	farEnough    = 0.9 // side over distance below which a square counts as one point
)

// plant makes the tree of the places, and takes the arrays of the last one.
func (t *tree) plant(at []point) {
	t.squares, t.points, t.order = t.squares[:0], append(t.points[:0], at...), t.order[:0]
	for i := range at {
		t.order = append(t.order, i)
	}
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, p := range at {
		low = point{min(low.x, p.x), min(low.y, p.y)}
		high = point{max(high.x, p.x), max(high.y, p.y)}
	}
	centre := low.plus(high).times(0.5)
	t.grow(0, len(at), centre, max(high.x-low.x, high.y-low.y), squareDepth)
}

// grow adds the square of the points from, to and those that it holds.
func (t *tree) grow(from, to int, centre point, side float64, depth int) {
	if from == to {
		return
	}
	s := square{
		count: float64(to - from), near: (side / farEnough) * (side / farEnough), from: int32(from), to: int32(to),
		undivided: to-from <= squarePoints || depth == 0,
	}
	for _, p := range t.points[from:to] {
		s.middle = s.middle.plus(p)
	}
	s.middle = s.middle.times(1 / s.count)
	own := len(t.squares)
	t.squares = append(t.squares, s)
	if !s.undivided {
		half := t.part(from, to, func(p point) bool { return p.y < centre.y })
		off := side / 4
		for _, row := range [2]struct {
			from, to int
			y        float64
		}{{from, half, centre.y - off}, {half, to, centre.y + off}} {
			cut := t.part(row.from, row.to, func(p point) bool { return p.x < centre.x })
			t.grow(row.from, cut, point{centre.x - off, row.y}, side/2, depth-1)
			t.grow(cut, row.to, point{centre.x + off, row.y}, side/2, depth-1)
		}
	}
	t.squares[own].next = int32(len(t.squares))
}

// part brings the points that are before to the front, and returns where the
// others begin.
func (t *tree) part(from, to int, before func(point) bool) int {
	for i := from; i < to; i++ {
		if before(t.points[i]) {
			t.points[i], t.points[from] = t.points[from], t.points[i]
			t.order[i], t.order[from] = t.order[from], t.order[i]
			from++
		}
	}
	return from
}

// push is the sum over the points q of (p − q)/|p − q|², where squares that are
// far away count as one point in their middle.
func (t *tree) push(p point) (sum point) {
	for i := int32(0); int(i) < len(t.squares); {
		s := &t.squares[i]
		dx, dy := p.x-s.middle.x, p.y-s.middle.y
		d := dx*dx + dy*dy
		switch {
		case d > s.near:
			f := s.count / d
			sum.x += dx * f
			sum.y += dy * f
			i = s.next
		case s.undivided:
			for _, q := range t.points[s.from:s.to] {
				dx, dy := p.x-q.x, p.y-q.y
				f := 1 / max(dx*dx+dy*dy, 1e-2)
				sum.x += dx * f
				sum.y += dy * f
			}
			i = s.next
		default:
			i++
		}
	}
	return sum
}

// pushes sets the push on each place, on all cores: neighbours in the tree walk
// through the same squares.
func (t *tree) pushes(out []point) {
	const block = 128
	host.Blocks((len(out)+block-1)/block, func(b int) {
		for i := b * block; i < min((b+1)*block, len(out)); i++ {
			out[t.order[i]] = t.push(t.points[i])
		}
	})
}
