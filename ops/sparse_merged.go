package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Merged is a sparse matrix with one entry a place, whose weight is the sum of
// those that m has there:
//
//	w_(i,j) = Σ_{e at (i, j)} w_e
//
// With dropZeros places whose sum is 0 are left out, so that the full pattern
// of a dense matrix becomes that of its edges. Without weights every place
// has 1, as Places.
//
// Shapes: the result has m's shape and capacity. Entries keep the order of the
// first at each place.
// Gradient: to m's weights, each from its place; 0 at a place left out.
func Merged(m Sparse, dropZeros bool) (Sparse, error) {
	if m.Weights == nil {
		return Places(m)
	}
	if err := m.check(); err != nil {
		return Sparse{}, fmt.Errorf("ops: Merged: %w", err)
	}
	out := Sparse{Rows: m.Rows, Cols: m.Cols, Capacity: m.room()}
	var err error
	if out.Pattern, err = mergedPattern(m, dropZeros); err != nil {
		return Sparse{}, err
	}
	out.Weights, err = apply(mergedWeightsOp(m.Rows, m.Cols, m.room()), out.Pattern, m.Pattern, m.Weights)
	return out, err
}

// mergedPattern is the pattern of the places of m.
func mergedPattern(m Sparse, dropZeros bool) (*G.Node, error) {
	if !dropZeros {
		p, err := Places(m)
		return p.Pattern, err
	}
	return apply(&op{
		name: "NonZeroPlaces", attrs: fmt.Sprint(m.Rows, m.Cols), dtype: tensor.Int, kinds: "pf",
		shape: fixed(tensor.Shape{1}),
		any: func(in []G.Value) (G.Value, error) {
			if in[1].Dtype() == tensor.Float32 {
				return nonZeroPlaces[float32](in, m.Rows, m.Cols)
			}
			return nonZeroPlaces[float64](in, m.Rows, m.Cols)
		},
	}, m.Pattern, m.Weights)
}

// nonZeroPlaces is the pattern in input 0 without the places whose weights, in
// input 1, add up to 0.
func nonZeroPlaces[T Float](in []G.Value, rows, cols int) (*Pattern, error) {
	c := &call[T]{in: in}
	p, w, err := c.patternWeights(rows, cols)
	if err != nil {
		return nil, err
	}
	sums, first := placeSums(p, w), p.firsts()
	return p.only(func(e int) bool { return sums[e] != 0 && (first == nil || int(first[e]) == e) }), nil
}

// mergedWeightsOp takes a merged pattern, the one it came from, and the
// weights of that one.
func mergedWeightsOp(rows, cols, room int) *op {
	return &op{
		name: "MergedWeights", attrs: fmt.Sprint(rows, cols, room), kinds: "pp", wrt: []bool{false, false, true},
		shape: fixed(tensor.Shape{room}),
		f32:   func(c *call[float32]) error { return mergedWeights(c, rows, cols) },
		f64:   func(c *call[float64]) error { return mergedWeights(c, rows, cols) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{{}, {}, d.apply(&op{
				name: "MergedWeightsGrad", attrs: fmt.Sprint(rows, cols), kinds: "pp", shape: like(2),
				f32: func(c *call[float32]) error { return mergedWeightsGrad(c, rows, cols) },
				f64: func(c *call[float64]) error { return mergedWeightsGrad(c, rows, cols) },
			}, in[0], in[1], g)}
		},
	}
}

func mergedWeights[T Float](c *call[T], rows, cols int) error {
	clear(c.out)
	w := c.float(2)
	return c.merged(rows, cols, func(e, place int) { c.out[place] += w[e] })
}

func mergedWeightsGrad[T Float](c *call[T], rows, cols int) error {
	clear(c.out)
	g := c.float(2)
	return c.merged(rows, cols, func(e, place int) { c.out[e] = g[place] })
}

// merged calls f for each entry of the pattern in input 1 whose place is in
// the merged pattern of input 0, and the entry it is there.
func (c *call[T]) merged(rows, cols int, f func(e, place int)) error {
	p, err := c.pattern(0, rows, cols)
	if err != nil {
		return err
	}
	from, err := c.pattern(1, rows, cols)
	if err != nil {
		return err
	}
	if room := c.in[2].Shape().TotalSize(); from.NNZ() > room {
		return fmt.Errorf("the pattern has %d entries, want at most %d, the capacity", from.NNZ(), room)
	}
	if p == from {
		for e := range p.NNZ() {
			f(e, e)
		}
		return c.err
	}
	to, first := make([]int32, from.NNZ()), from.firsts()
	for place, e := range p.source {
		to[e] = int32(place) + 1
	}
	for e := range to {
		at := e
		if first != nil {
			at = int(first[e])
		}
		if place := to[at]; place > 0 {
			f(e, int(place)-1)
		}
	}
	return c.err
}

// WithoutLoops is a square sparse matrix without its entries on the diagonal.
// The pattern is made again only when it changes.
//
// Shapes: the result has m's shape and capacity, and weights where m has.
// Gradient: to m's weights, each from the entry that it became.
func WithoutLoops(m Sparse) (Sparse, error) {
	err := m.check()
	if err == nil && m.Rows != m.Cols {
		err = fmt.Errorf("a %d×%d matrix, want a square one", m.Rows, m.Cols)
	}
	if err != nil {
		return Sparse{}, fmt.Errorf("ops: WithoutLoops: %w", err)
	}
	p, err := m.remade("WithoutLoops", fmt.Sprint(m.Rows), func(p *Pattern) (*Pattern, error) { return p.withoutLoops(), nil })
	if err != nil {
		return Sparse{}, err
	}
	out, err := derived(m, p, m.Rows, m.Cols, 0)
	out.Symmetric = m.Symmetric
	return out, err
}

func (p *Pattern) withoutLoops() *Pattern {
	row := 0
	return p.only(func(e int) bool {
		for e >= int(p.csr.Ptr[row+1]) {
			row++
		}
		return int(p.csr.Col[e]) != row
	})
}
