package kmeans

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/graphpool/graphpool/ops/host"
)

// search is rows to be clustered, with room for its steps.
type search struct {
	x             []float32
	rows, cols, k int
	norm          []float32 // ‖x_i‖²
	dist          []float64 // of each row to its nearest centre, squared
	labels        []int32
	parts         []sums
}

// centres is centres, or rows tried as such, made ready for products.
type centres struct {
	n      int
	turned []float32 // cols×n
	norm   []float32 // the squared length of each
}

// sums is what one block of rows adds to the centres.
type sums struct {
	centre  []float64
	count   []int
	inertia float64
	moved   int
}

func newSearch(x []float32, cols, k int) *search {
	n := len(x) / cols
	s := &search{
		x: x, rows: n, cols: cols, k: k,
		norm: make([]float32, n), dist: make([]float64, n),
		labels: make([]int32, n), parts: make([]sums, (n+host.BlockRows-1)/host.BlockRows),
	}
	host.Rows(n, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			for _, v := range s.row(i) {
				s.norm[i] += v * v
			}
		}
	})
	for b := range s.parts {
		s.parts[b] = sums{centre: make([]float64, k*cols), count: make([]int, k)}
	}
	return s
}

func (s *search) row(i int) []float32 { return s.x[i*s.cols : (i+1)*s.cols] }

// trials is how many rows are tried for each centre.
func trials(k int) int { return 2 + int(math.Log(float64(k))) }

// start is K centres by k-means++.
func (s *search) start(r *rand.Rand) []float32 {
	centres := make([]float32, 0, s.k*s.cols)
	centres = append(centres, s.row(r.IntN(s.rows))...)
	total := s.nearest(centres, func(i int, d float64) { s.dist[i] = d })
	for len(centres) < s.k*s.cols {
		at := s.draw(r, total, trials(s.k))
		best, sum := s.best(at)
		c := s.row(at[best])
		centres = append(centres, c...)
		s.nearest(c, func(i int, d float64) { s.dist[i] = min(s.dist[i], d) })
		total = sum
	}
	return centres
}

// draw is n rows, each drawn in proportion to its distance.
func (s *search) draw(r *rand.Rand, total float64, n int) []int {
	points := make([]float64, n)
	for i := range points {
		points[i] = r.Float64() * total
	}
	slices.Sort(points)
	at := make([]int, 0, n)
	var sum float64
	for i, d := range s.dist {
		for sum += d; len(at) < n && sum > points[len(at)]; {
			at = append(at, i)
		}
	}
	for len(at) < n { // no distance is left, or rounding took it
		at = append(at, r.IntN(s.rows))
	}
	return at
}

// best is the candidate, and the sum of the distances with it as a centre.
func (s *search) best(at []int) (best int, sum float64) {
	rows := make([]float32, 0, len(at)*s.cols)
	for _, i := range at {
		rows = append(rows, s.row(i)...)
	}
	n := len(at)
	part := make([]float64, len(s.parts)*n)
	s.each(s.ready(rows), func(b, i int, scores []float32) {
		for j, v := range scores {
			part[b*n+j] += min(s.dist[i], s.distance(i, v))
		}
	})
	sum = math.Inf(1)
	for j := range n {
		var t float64
		for b := range s.parts {
			t += part[b*n+j]
		}
		if t < sum {
			best, sum = j, t
		}
	}
	return best, sum
}

// nearest tells f of each row and its squared distance to one centre, and
// gives their sum.
func (s *search) nearest(c []float32, f func(i int, d float64)) (total float64) {
	part := make([]float64, len(s.parts))
	s.each(s.ready(c), func(b, i int, scores []float32) {
		d := s.distance(i, scores[0])
		part[b] += d
		f(i, d)
	})
	for _, p := range part {
		total += p
	}
	return total
}

// ready is c made ready for products.
func (s *search) ready(c []float32) centres {
	n := len(c) / s.cols
	out := centres{n: n, turned: make([]float32, len(c)), norm: make([]float32, n)}
	for j := range n {
		for p, v := range c[j*s.cols : (j+1)*s.cols] {
			out.turned[p*n+j] = v
			out.norm[j] += v * v
		}
	}
	return out
}

// room is memory for the products of one block.
var room = sync.Pool{New: func() any { return new([]float32) }}

// each calls f on every row i, in block b, with its score ‖c‖² − 2x_i·c by each
// centre c. Blocks come in any order, the rows of one in theirs.
func (s *search) each(c centres, f func(b, i int, scores []float32)) {
	host.Rows(s.rows, func(b, lo, hi int) {
		buf := room.Get().(*[]float32)
		defer room.Put(buf)
		if cap(*buf) < host.BlockRows*c.n {
			*buf = make([]float32, host.BlockRows*c.n)
		}
		dots := (*buf)[:(hi-lo)*c.n]
		host.Mul(dots, s.x[lo*s.cols:hi*s.cols], c.turned, hi-lo, s.cols, c.n)
		for i := lo; i < hi; i++ {
			scores := dots[(i-lo)*c.n : (i-lo+1)*c.n]
			for j, v := range scores {
				scores[j] = c.norm[j] - 2*v
			}
			f(b, i, scores)
		}
	})
}

// distance is the squared distance of row i to the centre by which it scores v.
func (s *search) distance(i int, v float32) float64 { return max(0, float64(s.norm[i]+v)) }
