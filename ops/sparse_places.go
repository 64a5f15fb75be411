package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/sparse"
)

// Places is the matrix of 1 at each place where m has an entry: entries of one
// place, which add up elsewhere, count once. The weights of m are not read,
// and the result has none.
//
// Shapes: the result has m's shape and capacity. It is m's own pattern where
// no two entries have one place.
// Gradient: none.
func Places(m Sparse) (Sparse, error) {
	if err := m.check(); err != nil {
		return Sparse{}, fmt.Errorf("ops: Places: %w", err)
	}
	p, err := m.remade("Places", fmt.Sprint(m.Rows, m.Cols), func(p *Pattern) (*Pattern, error) { return p.places(), nil })
	return Sparse{Pattern: p, Rows: m.Rows, Cols: m.Cols, Capacity: m.room()}, err
}

// RowSquareSums is the sum of the squares of each row of a sparse matrix:
//
//	y_i = Σ_j a_ij²,  a_ij = Σ_{e at (i, j)} w_e
//
// so that entries of one place count as the one number they stand for.
//
// Shapes: the result is a vector of Rows, of the dtype of the weights, or of
// like where there are none.
// Gradient: to the weights, 2 g_i a_ij at each entry of (i, j).
func RowSquareSums(m Sparse, like *G.Node) (*G.Node, error) {
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("ops: RowSquareSums: %w", err)
	}
	if m.Weights != nil {
		like = m.Weights
	}
	dt, err := floatOf(like)
	if err != nil {
		return nil, fmt.Errorf("ops: RowSquareSums: %w", err)
	}
	return apply(rowSquareSumsOp(m.Rows, m.Cols, dt), m.with()...)
}

func rowSquareSumsOp(rows, cols int, dt tensor.Dtype) *op {
	return &op{
		name: "RowSquareSums", attrs: fmt.Sprint(rows, cols, dt), dtype: dt, kinds: "p", wrt: []bool{false, true},
		shape: fixed(tensor.Shape{rows}),
		f32:   func(c *call[float32]) error { return rowSquareSums(c, rows, cols) },
		f64:   func(c *call[float64]) error { return rowSquareSums(c, rows, cols) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			if len(in) == 1 {
				return nil
			}
			return []ref{{}, d.apply(&op{
				name: "RowSquareSumsGrad", attrs: fmt.Sprint(rows, cols), kinds: "p", shape: like(1),
				f32: func(c *call[float32]) error { return rowSquareSumsGrad(c, rows, cols) },
				f64: func(c *call[float64]) error { return rowSquareSumsGrad(c, rows, cols) },
			}, in[0], in[1], g)}
		},
	}
}

func rowSquareSums[T Float](c *call[T], rows, cols int) error {
	p, w, err := c.patternWeights(rows, cols)
	if err != nil {
		return err
	}
	a := placeSums(p, w)
	for i := range c.out {
		sum := 0.
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			sum += float64(sparse.Weight(w, e)) * float64(sparse.Weight(a, e))
		}
		c.out[i] = T(sum)
	}
	return nil
}

// rowSquareSumsGrad takes the pattern, the weights, and the gradient.
func rowSquareSumsGrad[T Float](c *call[T], rows, cols int) error {
	p, w, err := c.patternWeights(rows, cols)
	if err != nil {
		return err
	}
	g, a := c.float(2), placeSums(p, w)
	for i := range rows {
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			c.out[e] = 2 * g[i] * a[e]
		}
	}
	clear(c.out[p.NNZ():])
	return nil
}

// placeSums is for each entry the sum of the weights at its place: w itself
// where no two entries have one place.
func placeSums[T Float](p *Pattern, w []T) []T { return sparse.PlaceSums(p.firsts(), w) }

// firsts is for each entry the first entry at its place; nil where no two
// entries have one place.
func (p *Pattern) firsts() []int32 {
	p.paired.Do(func() { p.first = sparse.Firsts(p.csr) })
	return p.first
}

// places is p with one entry a place: p itself where that is so already.
func (p *Pattern) places() *Pattern {
	first := p.firsts()
	if first == nil {
		return p
	}
	m, source := sparse.Places(p.csr, first)
	return &Pattern{csr: m, source: source}
}

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
	from, err := c.pattern(1, rows, cols)
	if err != nil {
		return err
	}
	w, err := c.weights(2, from)
	if err != nil {
		return err
	}
	clear(c.out)
	sums := placeSums(from, w)
	return c.merged(rows, cols, func(e, place int) { c.out[place] = sums[e] })
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
