package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
)

// Over is what Standardize takes the mean and the variance over.
type Over int

// The groups of elements that Standardize brings to mean 0 and variance 1.
const (
	OverColumns  Over = iota // each column of each segment
	OverRows                 // each row by itself
	OverSegments             // all elements of each segment
)

// Standardize brings groups of elements to mean 0 and variance 1:
//
//	y_j = (x_j − μ) / √(σ² + ε),  μ and σ² of j's group, σ² = Σ(x_j − μ)²/n
//
// A group whose σ² + ε is 0 gives 0.
//
// Shapes: x rows×n or a vector of rows; the result is shaped as x. A row of no
// segment gives 0, whatever the groups are.
// Gradient: to x, (g − mean(g) − y·mean(g ⊙ y)) / √(σ² + ε), the means over
// the group; 0 where σ² + ε is 0.
func Standardize(x *G.Node, s Segments, over Over, eps float64) (*G.Node, error) {
	if over < OverColumns || over > OverSegments || !(eps >= 0) {
		return nil, fmt.Errorf("ops: Standardize: over %d and ε = %v, want columns, rows or segments and at least 0", over, eps)
	}
	if _, err := segmentShape("Standardize", x, s); err != nil {
		return nil, err
	}
	attrs := fmt.Sprint(s.Count, over, eps)
	return apply(&op{
		name: "Standardize", attrs: attrs, kinds: "fi",
		shape: fixed(x.Shape(), wantIDs(1)),
		f32:   func(c *call[float32]) error { return standardize(c, s.Count, over, eps) },
		f64:   func(c *call[float64]) error { return standardize(c, s.Count, over, eps) },
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			slope := &op{
				name: "StandardizeGrad", attrs: attrs, kinds: "fffi", shape: like(0),
				f32: func(c *call[float32]) error { return standardizeGrad(c, s.Count, over, eps) },
				f64: func(c *call[float64]) error { return standardizeGrad(c, s.Count, over, eps) },
			}
			return []ref{d.apply(slope, withIDs(in, 1, in[0], y, g)...)}
		},
	}, s.with(x)...)
}

func standardize[T Float](c *call[T], segments int, over Over, eps float64) error {
	p, err := newGroups(c, 1, segments, over)
	if err != nil {
		return err
	}
	x := c.float(0)
	mean, inv := p.moments(func(j int) float64 { return float64(x[j]) }, eps)
	clear(c.out)
	p.each(func(j, k int) { c.out[j] = T((float64(x[j]) - mean[k]) * inv[k]) })
	return nil
}

// standardizeGrad takes x, the result y, its gradient, and the ids.
func standardizeGrad[T Float](c *call[T], segments int, over Over, eps float64) error {
	p, err := newGroups(c, 3, segments, over)
	if err != nil {
		return err
	}
	x, y, g := c.float(0), c.float(1), c.float(2)
	_, inv := p.moments(func(j int) float64 { return float64(x[j]) }, eps)
	mean := p.mean(func(j, _ int) float64 { return float64(g[j]) })
	along := p.mean(func(j, _ int) float64 { return float64(g[j]) * float64(y[j]) })
	clear(c.out)
	p.each(func(j, k int) {
		c.out[j] = T((float64(g[j]) - mean[k] - float64(y[j])*along[k]) * inv[k])
	})
	return nil
}

// groups says which group each element belongs to.
type groups struct {
	ids     []int
	n       int // columns
	over    Over
	count   int
	members []float64 // elements of each group
}

// newGroups reads the ids, input at of the call, where there are any.
func newGroups[T Float](c *call[T], at, segments int, over Over) (*groups, error) {
	rows, n := split(c.shape)
	ids, err := c.ids(at, rows, segments)
	if err != nil {
		return nil, err
	}
	p := &groups{ids: ids, n: n, over: over, count: segments}
	switch over {
	case OverColumns:
		p.count *= n
	case OverRows:
		p.count = rows
	}
	p.members = make([]float64, p.count)
	p.each(func(_, k int) { p.members[k]++ })
	return p, nil
}

// each calls f with every element j of a segment, and its group k.
func (p *groups) each(f func(j, k int)) {
	for i, s := range p.ids {
		if s < 0 {
			continue
		}
		k, step := s, 0
		switch p.over {
		case OverColumns:
			k, step = s*p.n, 1
		case OverRows:
			k = i
		}
		for j := i * p.n; j < (i+1)*p.n; j++ {
			f(j, k)
			k += step
		}
	}
}

// mean is the mean of f over each group, 0 over none.
func (p *groups) mean(f func(j, k int) float64) []float64 {
	sum := make([]float64, p.count)
	p.each(func(j, k int) { sum[k] += f(j, k) })
	for k, n := range p.members {
		if n > 0 {
			sum[k] /= n
		}
	}
	return sum
}

// moments is the mean of each group and 1/√(σ² + ε), 0 where that is none.
func (p *groups) moments(x func(j int) float64, eps float64) (mean, inv []float64) {
	mean = p.mean(func(j, _ int) float64 { return x(j) })
	inv = p.mean(func(j, k int) float64 { return (x(j) - mean[k]) * (x(j) - mean[k]) })
	for k, v := range inv {
		inv[k] = 0
		if d := mean[k] * 0x1p-50; v <= d*d {
			v = 0 // the rounding of the mean: all elements are equal
		}
		if v+eps > 0 {
			inv[k] = 1 / math.Sqrt(v+eps)
		}
	}
	return mean, inv
}
