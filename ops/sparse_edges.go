package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// RowSums adds up the weights of each row of a sparse matrix, the degrees of
// an adjacency:
//
//	y_i = Σ_{e in row i} w_e
//
// Shapes: the result is a vector of Rows, of the dtype of the weights, or of
// like where there are none.
// Gradient: to the weights, by EdgeRows.
func RowSums(m Sparse, like *G.Node) (*G.Node, error) {
	return edgeSumsOf("RowSums", m, like)
}

// colSums adds up the weights of each column of a sparse matrix: as RowSums,
// for the transposed matrix.
func colSums(m Sparse, like *G.Node) (*G.Node, error) {
	return edgeSumsOf("ColSums", m, like)
}

func edgeSumsOf(name string, m Sparse, like *G.Node) (*G.Node, error) {
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("ops: %s: %w", name, err)
	}
	if m.Weights != nil {
		like = m.Weights
	}
	dt, err := floatOf(like)
	if err != nil {
		return nil, fmt.Errorf("ops: %s: %w", name, err)
	}
	o := edgeSumsOp(name, m.Rows, m.Cols, dt)
	if m.Weights == nil {
		o.kept = new(keptResult)
	}
	return apply(o, m.with()...)
}

// edgeSumsOp takes the pattern, and the weights where there are any.
func edgeSumsOp(name string, rows, cols int, dt tensor.Dtype) *op {
	out := rows
	if name == "ColSums" {
		out = cols
	}
	return &op{
		name: name, attrs: fmt.Sprint(rows, cols, dt), dtype: dt, kinds: "p", wrt: []bool{false, true},
		shape: fixed(tensor.Shape{out}),
		f32:   func(c *call[float32]) error { return edgeSums(c, name, rows, cols) },
		f64:   func(c *call[float64]) error { return edgeSums(c, name, rows, cols) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			if len(in) == 1 {
				return nil
			}
			by := map[string]string{"RowSums": "EdgeRows", "ColSums": "EdgeCols"}[name]
			return []ref{{}, d.apply(edgeSpreadOp(by, rows, cols, in[1].shape()), in[0], g)}
		},
	}
}

func edgeSums[T Float](c *call[T], name string, rows, cols int) error {
	p, w, err := c.patternWeights(rows, cols)
	if err != nil {
		return err
	}
	if name == "RowSums" {
		kernels.RowSum(c.out, p.csr, w)
		return nil
	}
	t, perm := p.transpose()
	var held transposedWeights
	kernels.RowSum(c.out, t, gatherWeights(&held, w, perm))
	return nil
}

// EdgeRows gives each entry of a pattern the value of its row: y_e = v_{row(e)}.
//
// Shapes: v has Rows elements; the result is a vector of Capacity elements,
// those beyond the pattern's entries 0.
// Gradient: to v, by RowSums.
func EdgeRows(m Sparse, v *G.Node) (*G.Node, error) {
	return edgeSpread("EdgeRows", m, v)
}

// EdgeCols gives each entry of a pattern the value of its column:
// y_e = v_{col(e)}. Otherwise as EdgeRows.
func EdgeCols(m Sparse, v *G.Node) (*G.Node, error) {
	return edgeSpread("EdgeCols", m, v)
}

func edgeSpread(name string, m Sparse, v *G.Node) (*G.Node, error) {
	if err := m.checkRoom(); err != nil {
		return nil, fmt.Errorf("ops: %s: %w", name, err)
	}
	return apply(edgeSpreadOp(name, m.Rows, m.Cols, tensor.Shape{m.room()}), m.Pattern, v)
}

// edgeSpreadOp takes the pattern and v.
func edgeSpreadOp(name string, rows, cols int, out tensor.Shape) *op {
	size := rows
	if name == "EdgeCols" {
		size = cols
	}
	return &op{
		name: name, attrs: fmt.Sprint(rows, cols, out), kinds: "p", wrt: []bool{false, true},
		shape: fixed(out, func(in []tensor.Shape) error {
			if in[1].Dims() != 1 || in[1][0] != size {
				return fmt.Errorf("v has shape %v, want (%d)", in[1], size)
			}
			return nil
		}),
		f32: func(c *call[float32]) error { return runEdgeSpread(c, name, rows, cols) },
		f64: func(c *call[float64]) error { return runEdgeSpread(c, name, rows, cols) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			by := map[string]string{"EdgeRows": "RowSums", "EdgeCols": "ColSums"}[name]
			return []ref{{}, d.apply(edgeSumsOp(by, rows, cols, g.dtype()), in[0], g)}
		},
	}
}

func runEdgeSpread[T Float](c *call[T], name string, rows, cols int) error {
	p, out, err := c.patternEntries(rows, cols)
	if err != nil {
		return err
	}
	v, ptr := c.float(1), p.Ptr()
	if name == "EdgeCols" {
		for e, j := range p.Col() {
			out[e] = v[j]
		}
		return nil
	}
	for i := range rows {
		for e := ptr[i]; e < ptr[i+1]; e++ {
			out[e] = v[i]
		}
	}
	return nil
}

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
	return apply(&op{
		name: "SymWeights", attrs: fmt.Sprint(m.Rows, eps, capacity, dt), dtype: dt, kinds: "p",
		shape: fixed(tensor.Shape{capacity}),
		f32:   func(c *call[float32]) error { return symWeights(c, m.Rows, eps) },
		f64:   func(c *call[float64]) error { return symWeights(c, m.Rows, eps) },
		kept:  new(keptResult),
	}, m.Pattern)
}

func symWeights[T Float](c *call[T], n int, eps float64) error {
	p, out, err := c.patternEntries(n, n)
	if err != nil {
		return err
	}
	symScale(out, p, eps)
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
