package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// SymWeights is the weights that normalise a pattern without weights by its
// degrees on both sides:
//
//	w_e = 1/(√d_i + ε) · 1/(√d_j + ε),  e = (i, j), d_i the entries of row i
//
// with 1/0 taken as 0. They are computed again only when the pattern changes.
//
// Shapes: m square, its weights not read; the result is a vector of Capacity
// elements, those beyond the pattern's entries 0, of the dtype of like.
// Gradient: none; with weights that want one, normalise by RowSums, InvSqrt,
// EdgeRows and EdgeCols.
func SymWeights(m Sparse, like *G.Node, eps float64) (*G.Node, error) {
	if err := m.checkRoom(); err != nil {
		return nil, fmt.Errorf("ops: SymWeights: %w", err)
	}
	if m.Rows != m.Cols || !(eps >= 0) {
		return nil, fmt.Errorf("ops: SymWeights: a %d×%d matrix and ε = %v, want a square matrix and at least 0", m.Rows, m.Cols, eps)
	}
	capacity := m.room()
	var last *Pattern
	run := func(p *Pattern, fill func()) {
		if p != last {
			fill()
			last = p
		}
	}
	return apply(&op{
		name: "SymWeights", attrs: fmt.Sprint(m.Rows, eps, capacity, like.Dtype()), dtype: like.Dtype(),
		shape: fixed(tensor.Shape{capacity}),
		f32:   func(c *call[float32]) error { return symWeights(c, m.Rows, eps, run) },
		f64:   func(c *call[float64]) error { return symWeights(c, m.Rows, eps, run) },
	}, m.Pattern)
}

func symWeights[T number](c *call[T], n int, eps float64, run func(*Pattern, func())) error {
	p, err := c.pattern(0, n, n)
	if err != nil {
		return err
	}
	out, err := c.entries(p)
	if err != nil {
		return err
	}
	run(p, func() {
		inv := make([]float64, n)
		for i := range inv {
			if d := math.Sqrt(float64(p.csr.Ptr[i+1]-p.csr.Ptr[i])) + eps; d > 0 {
				inv[i] = 1 / d
			}
		}
		for i := range n {
			for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
				out[e] = T(inv[i] * inv[p.csr.Col[e]])
			}
		}
	})
	return nil
}
