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
	p.each(func(at, end, k, step int) {
		out, mean, inv := c.out[at:end], mean[k:], inv[k:]
		for i, v := range x[at:end] {
			out[i] = T((float64(v) - mean[i*step]) * inv[i*step])
		}
	})
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
	p.each(func(at, end, k, step int) {
		addRow(mean[k:], step, g[at:end])
		addProducts(along[k:], step, g[at:end], y[at:end])
	})
	p.divide(mean)
	p.divide(along)
	p.each(func(at, end, k, step int) {
		out, y, mean, along, inv := c.out[at:end], y[at:end], mean[k:], along[k:], inv[k:]
		for i, v := range g[at:end] {
			j := i * step
			out[i] = T((float64(v) - mean[j] - float64(y[i])*along[j]) * inv[j])
		}
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

// each calls f with every part at..end-1 of a row of a segment: element at+i is
// of group k + i·step. The parts of a group come in the order of the rows, one
// after the other; those of different groups may come at once.
func (p *groups) each(f func(at, end, k, step int)) {
	rows := func(lo, hi, from, to int) {
		for i := lo; i < hi; i++ {
			switch s := p.ids[i]; {
			case s < 0:
			case p.over == OverColumns:
				f(i*p.n+from, i*p.n+to, s*p.n+from, 1)
			case p.over == OverRows:
				f(i*p.n, (i+1)*p.n, i, 0)
			default:
				f(i*p.n, (i+1)*p.n, s, 0)
			}
		}
	}
	all := len(p.ids)
	switch p.over {
	case OverColumns:
		blocks := max(1, p.n/columnsTogether)
		kernels.ForRows(blocks, 4*all*columnsTogether, func(lo, hi int) {
			to := hi * columnsTogether
			if hi == blocks {
				to = p.n
			}
			rows(0, all, lo*columnsTogether, to)
		})
	case OverRows:
		kernels.ForRows(all, 4*p.n, func(lo, hi int) { rows(lo, hi, 0, p.n) })
	default:
		rows(0, all, 0, p.n)
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
	p.each(func(at, end, k, step int) { addRow(mean[k:], step, x[at:end]) })
	p.divide(mean)
	p.each(func(at, end, k, step int) { addSquares(inv[k:], mean[k:], step, x[at:end]) })
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

// Each function below adds numbers of a row to the sums of their groups: element
// i to sum[i·step], with step 1, a group for each, or 0, one for all.

// addRow adds x.
func addRow[T Float](sum []float64, step int, x []T) {
	if step == 0 {
		for _, v := range x {
			sum[0] += float64(v)
		}
		return
	}
	sum = sum[:len(x)]
	for i, v := range x {
		sum[i] += float64(v)
	}
}

// addSquares adds (x − mean)², mean[i·step] that of element i.
func addSquares[T Float](sum, mean []float64, step int, x []T) {
	if step == 0 {
		for _, v := range x {
			d := float64(v) - mean[0]
			sum[0] += d * d
		}
		return
	}
	sum, mean = sum[:len(x)], mean[:len(x)]
	for i, v := range x {
		d := float64(v) - mean[i]
		sum[i] += d * d
	}
}

// addProducts adds x·y.
func addProducts[T Float](sum []float64, step int, x, y []T) {
	y = y[:len(x)]
	if step == 0 {
		for i, v := range x {
			sum[0] += float64(v) * float64(y[i])
		}
		return
	}
	sum = sum[:len(x)]
	for i, v := range x {
		sum[i] += float64(v) * float64(y[i])
	}
}
