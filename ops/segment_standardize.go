package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/internal/kernels"
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
	mean, inv := moments(p, x, eps)
	p.each(func(b stretch) { shift(c.out[b.at:], x[b.at:], mean[b.group:], inv[b.group:], b) })
	clearOthers(p, c.out)
	return nil
}

// standardizeGrad takes x, the result y, its gradient, and the ids.
func standardizeGrad[T Float](c *call[T], segments int, over Over, eps float64) error {
	p, err := newGroups(c, 3, segments, over)
	if err != nil {
		return err
	}
	x, y, g := c.float(0), c.float(1), c.float(2)
	_, inv := moments(p, x, eps)
	mean, along := make([]float64, p.count), make([]float64, p.count)
	p.each(func(b stretch) { addProducts(mean[b.group:], along[b.group:], g[b.at:], y[b.at:], b) })
	p.divide(mean)
	p.divide(along)
	p.each(func(b stretch) {
		shiftGrad(c.out[b.at:], g[b.at:], y[b.at:], mean[b.group:], along[b.group:], inv[b.group:], b)
	})
	clearOthers(p, c.out)
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
	for i, s := range ids {
		switch {
		case s < 0:
		case over == OverRows:
			p.members[i] = float64(n)
		case over == OverSegments:
			p.members[s] += float64(n)
		default:
			p.members[s*n]++
		}
	}
	for k := range p.members {
		if over == OverColumns {
			p.members[k] = p.members[k/n*n]
		}
	}
	return p, nil
}

// columnsTogether is the columns of a block, a line of the cache in float32.
const columnsTogether = 16

// stretch is rows of one segment that follow each other, of cols columns that begin
// at element at, ld elements apart. Column j is of group group + j·step.
type stretch struct{ at, rows, cols, ld, group, step int }

// each calls f with every stretch. The stretches of a group come in the order of the
// rows, one after the other; those of different groups may come at once.
func (p *groups) each(f func(b stretch)) {
	all := len(p.ids)
	switch p.over {
	case OverColumns:
		blocks := max(1, p.n/columnsTogether)
		kernels.ForRows(blocks, 4*all*columnsTogether, func(lo, hi int) {
			from, to := lo*columnsTogether, hi*columnsTogether
			if hi == blocks {
				to = p.n
			}
			p.runs(func(s, i, rows int) {
				f(stretch{i*p.n + from, rows, to - from, p.n, s*p.n + from, 1})
			})
		})
	case OverRows:
		kernels.ForRows(all, 4*p.n, func(lo, hi int) {
			for i := lo; i < hi; i++ {
				if p.ids[i] >= 0 {
					f(stretch{i * p.n, 1, p.n, p.n, i, 0})
				}
			}
		})
	default:
		p.runs(func(s, i, rows int) { f(stretch{i * p.n, rows, p.n, p.n, s, 0}) })
	}
}

// runs calls f for rows from i on that are of segment s.
func (p *groups) runs(f func(s, i, rows int)) {
	for i := 0; i < len(p.ids); {
		s, from := p.ids[i], i
		for i < len(p.ids) && p.ids[i] == s {
			i++
		}
		if s >= 0 {
			f(s, from, i-from)
		}
	}
}

// divide makes means of sums, 0 over no element.
func (p *groups) divide(sum []float64) {
	for k, n := range p.members {
		if n > 0 {
			sum[k] /= n
		}
	}
}

// moments is the mean of each group and 1/√(σ² + ε), 0 where that is none.
func moments[T Float](p *groups, x []T, eps float64) (mean, inv []float64) {
	mean, inv = make([]float64, p.count), make([]float64, p.count)
	p.each(func(b stretch) { addRows(mean[b.group:], x[b.at:], b) })
	p.divide(mean)
	p.each(func(b stretch) { addSquares(inv[b.group:], mean[b.group:], x[b.at:], b) })
	p.divide(inv)
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

// clearOthers sets the rows of no segment to 0.
func clearOthers[T Float](p *groups, out []T) {
	for i, s := range p.ids {
		if s < 0 {
			clear(out[i*p.n : (i+1)*p.n])
		}
	}
}

// Each function below goes over a stretch: x and what is shaped like it begin at
// its first element, and what there is of each group at its first group. With
// step 1 each column is a group, with step 0 all elements are of one.

// addRows adds x to the sums of its groups.
func addRows[T Float](sum []float64, x []T, b stretch) {
	if b.step == 1 {
		kernels.ColSums(sum[:b.cols], x, b.ld, b.rows)
		return
	}
	for i := range b.rows {
		for _, v := range x[i*b.ld:][:b.cols] {
			sum[0] += float64(v)
		}
	}
}

// addSquares adds (x − mean)².
func addSquares[T Float](sum, mean []float64, x []T, b stretch) {
	if b.step == 1 {
		kernels.ColSquares(sum[:b.cols], mean, x, b.ld, b.rows)
		return
	}
	for i := range b.rows {
		for _, v := range x[i*b.ld:][:b.cols] {
			d := float64(v) - mean[0]
			sum[0] += d * d
		}
	}
}

// addProducts adds g to sum and g·y to along.
func addProducts[T Float](sum, along []float64, g, y []T, b stretch) {
	if b.step == 1 {
		kernels.ColProducts(sum[:b.cols], along, g, y, b.ld, b.rows)
		return
	}
	for i := range b.rows {
		y := y[i*b.ld:][:b.cols]
		for j, v := range g[i*b.ld:][:b.cols] {
			sum[0] += float64(v)
			along[0] += float64(v) * float64(y[j])
		}
	}
}

// shift sets out to (x − mean)·inv.
func shift[T Float](out, x []T, mean, inv []float64, b stretch) {
	if b.step == 1 {
		kernels.Standardize(out, x, mean[:b.cols], inv, b.ld, b.rows)
		return
	}
	for i := range b.rows {
		out := out[i*b.ld:][:b.cols]
		for j, v := range x[i*b.ld:][:b.cols] {
			out[j] = T((float64(v) - mean[0]) * inv[0])
		}
	}
}

// shiftGrad sets out to (g − mean − y·along)·inv.
func shiftGrad[T Float](out, g, y []T, mean, along, inv []float64, b stretch) {
	if b.step == 1 {
		kernels.StandardizeGrad(out, g, y, mean[:b.cols], along, inv, b.ld, b.rows)
		return
	}
	for i := range b.rows {
		out, y := out[i*b.ld:][:b.cols], y[i*b.ld:][:b.cols]
		for j, v := range g[i*b.ld:][:b.cols] {
			out[j] = T((float64(v) - mean[0] - float64(y[j])*along[0]) * inv[0])
		}
	}
}
