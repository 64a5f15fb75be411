package ops

import (
	"fmt"
	"slices"
	"sync"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Triangles is the triangle adjacency of a square sparse matrix, on its own
// pattern:
//
//	M = (A·A) ⊙ A,  m_ij = a_ij Σ_k a_ik a_kj
//
// For an undirected graph without weights and loops m_ij is the number of
// triangles that the edge {i, j} is in. A·A is never formed: for each entry the
// shorter of row i and column j is gone through, or one not much longer, so that
// hubs cost no more than their edges. The numbers are computed again only where
// the pattern or a weight has changed.
//
// Shapes: m N×N; the result has m's pattern and capacity, and weights.
// like gives the dtype where m has no weights.
// Gradient: to m's weights.
// Source: Benson, Gleich, Leskovec, Higher-order organization of complex
// networks, Science 353, 2016.
func Triangles(m Sparse, like *G.Node) (Sparse, error) {
	if err := m.checkRoom(); err != nil {
		return Sparse{}, fmt.Errorf("ops: Triangles: %w", err)
	}
	if m.Rows != m.Cols {
		return Sparse{}, fmt.Errorf("ops: Triangles: a %d×%d matrix, want a square one", m.Rows, m.Cols)
	}
	if m.Weights != nil {
		like = m.Weights
	}
	dt, err := floatOf(like)
	if err != nil {
		return Sparse{}, fmt.Errorf("ops: Triangles: %w", err)
	}
	out := m
	out.Capacity = m.room()
	out.Weights, err = apply(trianglesOp(m.Rows, out.Capacity, dt), m.with()...)
	return out, err
}

func trianglesOp(n, capacity int, dt tensor.Dtype) *op {
	held := new(trianglesHeld)
	return &op{
		name: "Triangles", attrs: fmt.Sprint(n, capacity, dt), dtype: dt, kinds: "p", wrt: []bool{false, true},
		shape: fixed(tensor.Shape{capacity}),
		f32:   func(c *call[float32]) error { return triangles(c, n, &held.of, &held.f32) },
		f64:   func(c *call[float64]) error { return triangles(c, n, &held.of, &held.f64) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			if len(in) == 1 {
				return nil
			}
			return []ref{{}, d.apply(&op{
				name: "TrianglesGrad", attrs: fmt.Sprint(n), kinds: "p", shape: like(1),
				f32: func(c *call[float32]) error { return trianglesGrad(c, n) },
				f64: func(c *call[float64]) error { return trianglesGrad(c, n) },
			}, in[0], in[1], g)}
		},
	}
}

// trianglesHeld is what the last run was of, and its result: most graphs stay
// as they are from run to run.
type trianglesHeld struct {
	of  *Pattern
	f32 heldWeights[float32]
	f64 heldWeights[float64]
}

// heldWeights is the weights of a run, and a result of them.
type heldWeights[T Float] struct{ weights, result []T }

func triangles[T Float](c *call[T], n int, of **Pattern, held *heldWeights[T]) error {
	p, w, err := c.patternWeights(n, n)
	if err != nil {
		return err
	}
	out, err := c.entries(p)
	if err != nil {
		return err
	}
	if *of != p || !slices.Equal(held.weights, w) {
		held.result = resize(held.result, len(out))
		newWedges(p, w).triangles(held.result)
		*of, held.weights = p, append(held.weights[:0], w...)
	}
	copy(out, held.result)
	return nil
}

// trianglesGrad takes the pattern, the weights a, and the gradient g of M. With
// H = G ⊙ A it is G ⊙ (A·A) + H·Aᵀ + Aᵀ·H, on the pattern.
func trianglesGrad[T Float](c *call[T], n int) error {
	p, w, err := c.patternWeights(n, n)
	if err != nil {
		return err
	}
	g := c.float(2)
	h := make([]T, p.NNZ())
	for e := range h {
		h[e] = g[e] * w[e]
	}
	clear(c.out)
	l := newWedges(p, w)
	l.each(func(l wedgeLists[T], i, e int) {
		c.out[e] = g[e]*l.through(i, e) + l.fromBoth(i, e, h) + l.toBoth(i, e, h)
	})
	return nil
}

// wedgeLists is a square matrix by rows and by columns; those of the columns
// are in rising order.
type wedgeLists[T Float] struct {
	rows, cols *kernels.CSR
	perm       []int32 // the entry that each of cols is
	w          []T     // of the entries; nil: all 1
}

func newWedges[T Float](p *Pattern, w []T) wedgeLists[T] {
	t, perm := p.transpose()
	return wedgeLists[T]{rows: p.csr, cols: t, perm: perm, w: w}
}

// each calls f with every entry e and its row i, on all goroutines.
func (l wedgeLists[T]) each(f func(l wedgeLists[T], i, e int)) {
	n := l.rows.Rows
	kernels.ForRows(n, 1+8*len(l.rows.Col)/n, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			for e := l.rows.Ptr[i]; e < l.rows.Ptr[i+1]; e++ {
				f(l, i, int(e))
			}
		}
	})
}

// triangles writes a_ij Σ_k a_ik a_kj for every entry. Where column j is not much
// longer than row i, it is gone through beside a copy of row i that can be read at
// any column; else row i is, and looked for in column j.
func (l wedgeLists[T]) triangles(out []T) {
	const longer = 16
	n := l.rows.Rows
	spare := sync.Pool{New: func() any { return make([]T, n) }}
	kernels.ForRows(n, 1+8*len(l.rows.Col)/n, func(lo, hi int) {
		row := spare.Get().([]T) // of 0
		for i := lo; i < hi; i++ {
			first, last := l.rows.Ptr[i], l.rows.Ptr[i+1]
			for e := first; e < last; e++ {
				row[l.rows.Col[e]] += weightAt(l.w, e)
			}
			for e := first; e < last; e++ {
				if j := int(l.rows.Col[e]); span(l.cols, j) <= longer*(last-first) {
					out[e] = weightAt(l.w, e) * l.along(j, row)
				} else {
					out[e] = weightAt(l.w, e) * l.through(i, int(e))
				}
			}
			for e := first; e < last; e++ {
				row[l.rows.Col[e]] = 0
			}
		}
		spare.Put(row) //nolint:staticcheck // a slice is a pointer and two numbers
	})
}

// along is Σ_k x_k a_kj.
func (l wedgeLists[T]) along(j int, x []T) (sum T) {
	for f := l.cols.Ptr[j]; f < l.cols.Ptr[j+1]; f++ {
		sum += x[l.cols.Col[f]] * weightAt(l.w, l.perm[f])
	}
	return sum
}

// through is Σ_k a_ik a_kj for e = (i, j).
func (l wedgeLists[T]) through(i, e int) T {
	j := l.rows.Col[e]
	if span(l.rows, i) <= span(l.cols, int(j)) {
		return l.overRow(i, l.w, l.w, func(k int32) place { return place{k, j} })
	}
	return l.overCol(int(j), l.w, l.w, func(k int32) place { return place{int32(i), k} })
}

// fromBoth is Σ_k h_ik a_jk for e = (i, j).
func (l wedgeLists[T]) fromBoth(i, e int, h []T) T {
	j := l.rows.Col[e]
	if span(l.rows, i) <= span(l.rows, int(j)) {
		return l.overRow(i, h, l.w, func(k int32) place { return place{j, k} })
	}
	return l.overRow(int(j), l.w, h, func(k int32) place { return place{int32(i), k} })
}

// toBoth is Σ_k a_ki h_kj for e = (i, j).
func (l wedgeLists[T]) toBoth(i, e int, h []T) T {
	j := l.rows.Col[e]
	if span(l.cols, i) <= span(l.cols, int(j)) {
		return l.overCol(i, l.w, h, func(k int32) place { return place{k, j} })
	}
	return l.overCol(int(j), h, l.w, func(k int32) place { return place{k, int32(i)} })
}

// place is where an entry stands.
type place struct{ row, col int32 }

// span is the number of entries of a row.
func span(m *kernels.CSR, i int) int32 { return m.Ptr[i+1] - m.Ptr[i] }

// overRow is Σ_k x_ik Σ y at other(k), over the entries of row i.
func (l wedgeLists[T]) overRow(i int, x, y []T, other func(k int32) place) (sum T) {
	for f := l.rows.Ptr[i]; f < l.rows.Ptr[i+1]; f++ {
		sum += weightAt(x, f) * l.at(other(l.rows.Col[f]), y)
	}
	return sum
}

// overCol is Σ_k x_kj Σ y at other(k), over the entries of column j.
func (l wedgeLists[T]) overCol(j int, x, y []T, other func(k int32) place) (sum T) {
	for f := l.cols.Ptr[j]; f < l.cols.Ptr[j+1]; f++ {
		sum += weightAt(x, l.perm[f]) * l.at(other(l.cols.Col[f]), y)
	}
	return sum
}

// at is the sum of y over the entries at a place.
func (l wedgeLists[T]) at(p place, y []T) (sum T) {
	first, last := l.cols.Ptr[p.col], l.cols.Ptr[p.col+1]
	for lo := first; lo < last; { // the first entry whose row is not before
		if mid := lo + (last-lo)/2; l.cols.Col[mid] < p.row {
			lo = mid + 1
		} else {
			last = mid
		}
		first = lo
	}
	for f := first; f < l.cols.Ptr[p.col+1] && l.cols.Col[f] == p.row; f++ {
		sum += weightAt(y, l.perm[f])
	}
	return sum
}
