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
// with a factor of 0 for a row without entries, whatever ε is. They are
// computed again only when the pattern changes.
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
	dt, err := floatOf(like)
	if err != nil {
		return nil, fmt.Errorf("ops: SymWeights: %w", err)
	}
	capacity := m.room()
	held := new(symHeld)
	return apply(&op{
		name: "SymWeights", attrs: fmt.Sprint(m.Rows, eps, capacity, dt), dtype: dt, kinds: "p",
		shape: fixed(tensor.Shape{capacity}),
		f32:   func(c *call[float32]) error { return symWeights(c, m.Rows, eps, held) },
		f64:   func(c *call[float64]) error { return symWeights(c, m.Rows, eps, held) },
	}, m.Pattern)
}

// symHeld is the weights of the last pattern. They are kept apart from the
// output, into which a built-in op may write.
type symHeld struct {
	of  *Pattern
	f32 []float32
	f64 []float64
}

func symWeights[T Float](c *call[T], n int, eps float64, held *symHeld) error {
	p, err := c.pattern(0, n, n)
	if err != nil {
		return err
	}
	out, err := c.entries(p)
	if err != nil {
		return err
	}
	var kept *[]T
	switch k := any(&kept).(type) {
	case **[]float32:
		*k = &held.f32
	case **[]float64:
		*k = &held.f64
	}
	if held.of != p {
		*kept = resize(*kept, p.NNZ())
		symScale(*kept, p, eps)
		held.of = p
	}
	copy(out, *kept)
	return nil
}

// symScale writes the weights of p's entries to w.
func symScale[T Float](w []T, p *Pattern, eps float64) {
	inv := make([]float64, p.Rows())
	for i := range inv {
		if d := p.csr.Ptr[i+1] - p.csr.Ptr[i]; d > 0 {
			inv[i] = 1 / (math.Sqrt(float64(d)) + eps)
		}
	}
	for i := range inv {
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			w[e] = T(inv[i] * inv[p.csr.Col[e]])
		}
	}
}
