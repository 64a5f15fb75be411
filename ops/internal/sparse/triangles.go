package sparse

import (
	"sync"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Wedges is a square matrix by rows and by columns; those of the columns
// are in rising order. Sums are taken in float64.
type Wedges[T kernels.Float] struct {
	Rows, Cols *kernels.CSR
	Perm       []int32 // the entry that each of Cols is
	W          []T     // of the entries; nil: all 1
}

// each calls f with every entry e and its row i, on all goroutines.
func (l Wedges[T]) each(f func(l Wedges[T], i, e int)) {
	n := l.Rows.Rows
	kernels.ForRows(n, 1+8*len(l.Rows.Col)/n, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			for e := l.Rows.Ptr[i]; e < l.Rows.Ptr[i+1]; e++ {
				f(l, i, int(e))
			}
		}
	})
}

// Triangles writes a_ij Σ_k a_ik a_kj for every entry. Where column j is not much
// longer than row i, it is gone through beside a copy of row i that can be read at
// any column; else row i is, and looked for in column j.
func (l Wedges[T]) Triangles(out []T) {
	const longer = 16
	n := l.Rows.Rows
	spare := sync.Pool{New: func() any { return make([]T, n) }}
	kernels.ForRows(n, 1+8*len(l.Rows.Col)/n, func(lo, hi int) {
		row := spare.Get().([]T) // of 0
		for i := lo; i < hi; i++ {
			first, last := l.Rows.Ptr[i], l.Rows.Ptr[i+1]
			for e := first; e < last; e++ {
				row[l.Rows.Col[e]] += Weight(l.W, e)
			}
			for e := first; e < last; e++ {
				if j := int(l.Rows.Col[e]); span(l.Cols, j) <= longer*(last-first) {
					out[e] = T(float64(Weight(l.W, e)) * l.along(j, row))
				} else {
					out[e] = T(float64(Weight(l.W, e)) * l.through(i, int(e)))
				}
			}
			for e := first; e < last; e++ {
				row[l.Rows.Col[e]] = 0
			}
		}
		spare.Put(row) //nolint:staticcheck // a slice is a pointer and two numbers
	})
}

// Gradient writes that of every entry's weight, g being the gradient of what
// Triangles writes: with H = G ⊙ A it is G ⊙ (A·A) + H·Aᵀ + Aᵀ·H, on the pattern.
func (l Wedges[T]) Gradient(out, g []T) {
	h := make([]T, len(out))
	for e := range h {
		h[e] = g[e] * Weight(l.W, int32(e))
	}
	l.each(func(l Wedges[T], i, e int) {
		out[e] = T(float64(g[e])*l.through(i, e) + l.fromBoth(i, e, h) + l.toBoth(i, e, h))
	})
}

// along is Σ_k x_k a_kj.
func (l Wedges[T]) along(j int, x []T) (sum float64) {
	for f := l.Cols.Ptr[j]; f < l.Cols.Ptr[j+1]; f++ {
		sum += float64(x[l.Cols.Col[f]]) * float64(Weight(l.W, l.Perm[f]))
	}
	return sum
}

// through is Σ_k a_ik a_kj for e = (i, j).
func (l Wedges[T]) through(i, e int) float64 {
	j := l.Rows.Col[e]
	if span(l.Rows, i) <= span(l.Cols, int(j)) {
		return l.overRow(i, l.W, l.W, func(k int32) place { return place{k, j} })
	}
	return l.overCol(int(j), l.W, l.W, func(k int32) place { return place{int32(i), k} })
}

// fromBoth is Σ_k h_ik a_jk for e = (i, j).
func (l Wedges[T]) fromBoth(i, e int, h []T) float64 {
	j := l.Rows.Col[e]
	if span(l.Rows, i) <= span(l.Rows, int(j)) {
		return l.overRow(i, h, l.W, func(k int32) place { return place{j, k} })
	}
	return l.overRow(int(j), l.W, h, func(k int32) place { return place{int32(i), k} })
}

// toBoth is Σ_k a_ki h_kj for e = (i, j).
func (l Wedges[T]) toBoth(i, e int, h []T) float64 {
	j := l.Rows.Col[e]
	if span(l.Cols, i) <= span(l.Cols, int(j)) {
		return l.overCol(i, l.W, h, func(k int32) place { return place{k, j} })
	}
	return l.overCol(int(j), h, l.W, func(k int32) place { return place{k, int32(i)} })
}

// place is where an entry stands.
type place struct{ row, col int32 }

// span is the number of entries of a row.
func span(m *kernels.CSR, i int) int32 { return m.Ptr[i+1] - m.Ptr[i] }

// overRow is Σ_k x_ik Σ y at other(k), over the entries of row i.
func (l Wedges[T]) overRow(i int, x, y []T, other func(k int32) place) (sum float64) {
	for f := l.Rows.Ptr[i]; f < l.Rows.Ptr[i+1]; f++ {
		sum += float64(Weight(x, f)) * l.at(other(l.Rows.Col[f]), y)
	}
	return sum
}

// overCol is Σ_k x_kj Σ y at other(k), over the entries of column j.
func (l Wedges[T]) overCol(j int, x, y []T, other func(k int32) place) (sum float64) {
	for f := l.Cols.Ptr[j]; f < l.Cols.Ptr[j+1]; f++ {
		sum += float64(Weight(x, l.Perm[f])) * l.at(other(l.Cols.Col[f]), y)
	}
	return sum
}

// at is the sum of y over the entries at a place.
func (l Wedges[T]) at(p place, y []T) (sum float64) {
	first, last := l.Cols.Ptr[p.col], l.Cols.Ptr[p.col+1]
	for lo := first; lo < last; { // the first entry whose row is not before
		if mid := lo + (last-lo)/2; l.Cols.Col[mid] < p.row {
			lo = mid + 1
		} else {
			last = mid
		}
		first = lo
	}
	for f := first; f < l.Cols.Ptr[p.col+1] && l.Cols.Col[f] == p.row; f++ {
		sum += float64(Weight(y, l.Perm[f]))
	}
	return sum
}
