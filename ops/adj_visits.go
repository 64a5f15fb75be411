package ops

import (
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/walks"
)

// VisitRates is how often a walker is at each node of a directed graph, by
// smart teleportation: with probability α it goes to a node in proportion to the
// weights of the edges into it, and else along an edge of its node in
// proportion to the weights,
//
//	p = α e + (1−α) p T,  e_j = Σ_i a_ij / Σ A,  t_ij = a_ij / Σ_k a_ik
//
// divided by its sum in each segment. A row without entries stays 0 in T. The
// rates are computed in float64, and again only where the pattern, a weight or
// an id has changed.
//
// Shapes: m N×N; the result is a vector of N, 0 for rows of no segment and in
// segments without weights. like gives the dtype where m has no weights.
// Gradient: none. Time: some 40/α steps over the entries.
// Errors: a walk that has not settled after 20,000 steps, when run: with α below
// 0.002 some do not.
// Source: Lambiotte, Rosvall, Ranking and clustering of nodes in networks with
// smart teleportation, Phys. Rev. E 85, 2012.
func VisitRates(m Sparse, like *G.Node, s Segments, alpha float64) (*G.Node, error) {
	if m.Weights != nil {
		like = m.Weights
	}
	dt, err := floatOf(like)
	if err == nil {
		err = m.check()
	}
	if err == nil {
		err = wantTeleport(s, alpha)
	}
	if err == nil && m.Rows != m.Cols {
		err = fmt.Errorf("a %d×%d matrix, want a square one", m.Rows, m.Cols)
	}
	if err != nil {
		return nil, fmt.Errorf("ops: VisitRates: %w", err)
	}
	w := &walk{rows: m.Rows, segments: s.Count, alpha: alpha, weighted: m.Weights != nil}
	return apply(&op{
		name: "VisitRates", attrs: fmt.Sprint(m.Rows, s.Count, alpha, dt, w.weighted, s.IDs != nil), dtype: dt, kinds: w.kinds(),
		shape: fixed(tensor.Shape{m.Rows}, func(in []tensor.Shape) error {
			if n := in[len(in)-1].TotalSize(); s.IDs != nil && n != m.Rows {
				return fmt.Errorf("%d segment ids, want %d, one a row", n, m.Rows)
			}
			return nil
		}),
		f32: func(c *call[float32]) error { return visits(c, w) },
		f64: func(c *call[float64]) error { return visits(c, w) },
	}, s.with(m.with()...)...)
}

// VisitRatesDense is VisitRates for a dense matrix, N×N or a batch B×N×N. The
// ids and the result are of all rows.
func VisitRatesDense(a *G.Node, s Segments, alpha float64) (*G.Node, error) {
	if err := wantTeleport(s, alpha); err != nil {
		return nil, fmt.Errorf("ops: VisitRatesDense: %w", err)
	}
	w := &walk{segments: s.Count, alpha: alpha}
	return apply(&op{
		name: "VisitRatesDense", attrs: fmt.Sprint(s.Count, alpha), kinds: "fi",
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			a := in[0]
			if d := a.Dims(); d < 2 || d > 3 || a[d-1] != a[d-2] {
				return nil, fmt.Errorf("a has shape %v, want N×N or B×N×N", a)
			}
			return tensor.Shape{a.TotalSize() / a[a.Dims()-1]}, wantIDs(1)(in)
		},
		f32: func(c *call[float32]) error { return visitsDense(c, w) },
		f64: func(c *call[float64]) error { return visitsDense(c, w) },
	}, s.with(a)...)
}

func wantTeleport(s Segments, alpha float64) error {
	if !(alpha > 0 && alpha <= 1) {
		return fmt.Errorf("α = %v, want above 0 and at most 1", alpha)
	}
	return s.check()
}

// walk is the walk of an op, and what the last run was of.
type walk struct {
	rows, segments int
	alpha          float64
	weighted       bool

	last  walks.Walk
	rates []float64
}

// over is the rates of a walk over rows and entries, those of the last run where
// nothing has changed.
func (w *walk) over(now walks.Walk) ([]float64, error) {
	last := w.last
	if w.rates != nil && slices.Equal(last.Ptr, now.Ptr) && slices.Equal(last.Col, now.Col) && slices.Equal(last.Weights, now.Weights) && slices.Equal(last.IDs, now.IDs) {
		return w.rates, nil
	}
	now.IDs, now.Segments, now.Alpha = slices.Clone(now.IDs), w.segments, w.alpha
	rates, err := now.Rates()
	if err != nil {
		return nil, err
	}
	w.last, w.rates = now, rates
	return rates, nil
}

// kinds is those of the inputs: the pattern, the weights and the ids.
func (w *walk) kinds() string {
	if w.weighted {
		return "pfi"
	}
	return "pi"
}

func visits[T Float](c *call[T], w *walk) error {
	p, err := c.pattern(0, w.rows, w.rows)
	if err != nil {
		return err
	}
	at, weights := 1, slices.Repeat([]float64{1}, p.NNZ())
	if w.weighted {
		x, err := c.weights(1, p)
		if err != nil {
			return err
		}
		for e := range weights {
			weights[e] = float64(x[e])
		}
		at = 2
	}
	ids, err := c.ids(at, w.rows, w.segments)
	if err != nil {
		return err
	}
	return visited(c, w, walks.Walk{Ptr: p.Ptr(), Col: p.Col(), Weights: weights, IDs: ids})
}

func visitsDense[T Float](c *call[T], w *walk) error {
	a := c.float(0)
	rows, n := split(c.in[0].Shape())
	ids, err := c.ids(1, rows, w.segments)
	if err != nil {
		return err
	}
	ptr, col, weights := make([]int32, rows+1), []int32(nil), []float64(nil)
	for i := range rows {
		for j, v := range a[i*n : (i+1)*n] {
			if v != 0 {
				col, weights = append(col, int32(i/n*n+j)), append(weights, float64(v))
			}
		}
		ptr[i+1] = int32(len(col))
	}
	return visited(c, w, walks.Walk{Ptr: ptr, Col: col, Weights: weights, IDs: ids})
}

// visited writes the rates of a walk to the output.
func visited[T Float](c *call[T], w *walk, now walks.Walk) error {
	rates, err := w.over(now)
	if err != nil {
		return err
	}
	for i, v := range rates {
		c.out[i] = T(v)
	}
	return nil
}
