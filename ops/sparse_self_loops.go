package ops

import (
	"fmt"
	"math"
	"slices"
)

// SelfLoops adds the identity to a square sparse matrix, A + I: every row
// gets one more entry, on the diagonal, of weight 1. A self loop that is
// stored already stays beside it, and the two count together.
//
// The result has weights where m has; without, all entries stand for 1. It
// needs room for Rows more weights.
// Gradient: to m's weights.
func SelfLoops(m Sparse) (Sparse, error) {
	if err := m.check(); err != nil {
		return Sparse{}, fmt.Errorf("ops: SelfLoops: %w", err)
	}
	if m.Rows != m.Cols {
		return Sparse{}, fmt.Errorf("ops: SelfLoops: a %d×%d matrix, want a square one", m.Rows, m.Cols)
	}
	p, err := m.remade("SelfLoops", fmt.Sprint(m.Rows), func(p *Pattern) (*Pattern, error) {
		if p.NNZ() > math.MaxInt32-m.Rows {
			return nil, fmt.Errorf("%d entries and %d loops, want at most %d in all", p.NNZ(), m.Rows, math.MaxInt32)
		}
		return p.WithSelfLoops(), nil
	})
	if err != nil {
		return Sparse{}, err
	}
	return derived(m, p, m.Rows, m.Cols, m.Rows)
}

// MissingLoops is a square sparse matrix with an entry of weight 1 on the
// diagonal of each row that has none there; a self loop that is stored keeps its
// weight. See SelfLoops, which adds one to every row.
//
// The result has weights where m has; without, all entries stand for 1. It
// needs room for Rows more weights.
// Gradient: to m's weights.
func MissingLoops(m Sparse) (Sparse, error) {
	err := m.check()
	if err == nil && m.Rows != m.Cols {
		err = fmt.Errorf("a %d×%d matrix, want a square one", m.Rows, m.Cols)
	}
	if err != nil {
		return Sparse{}, fmt.Errorf("ops: MissingLoops: %w", err)
	}
	p, err := m.remade("MissingLoops", fmt.Sprint(m.Rows), func(p *Pattern) (*Pattern, error) {
		if p.NNZ() > math.MaxInt32-m.Rows {
			return nil, fmt.Errorf("%d entries and up to %d loops, want at most %d in all", p.NNZ(), m.Rows, math.MaxInt32)
		}
		return p.withLoops(func(i int) bool { return !slices.Contains(p.row(i), int32(i)) }), nil
	})
	if err != nil {
		return Sparse{}, err
	}
	return derived(m, p, m.Rows, m.Cols, m.Rows)
}

// WithSelfLoops is p with one more entry a row, on the diagonal, before the
// first entry of a larger column. A row beyond the last column, of a pattern
// that is not square, has no diagonal and stays as it is.
func (p *Pattern) WithSelfLoops() *Pattern {
	return p.withLoops(func(int) bool { return true })
}

// withLoops is p with one more entry on the diagonal of each row that wants one.
func (p *Pattern) withLoops(wants func(i int) bool) *Pattern {
	n := p.Rows()
	ptr := make([]int32, n+1)
	col := make([]int32, 0, p.NNZ()+n)
	source := make([]int32, 0, p.NNZ()+n)
	for i := range n {
		placed := i >= p.Cols() || !wants(i)
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			if !placed && int(p.csr.Col[e]) > i {
				col, source, placed = append(col, int32(i)), append(source, -1), true
			}
			col, source = append(col, p.csr.Col[e]), append(source, e)
		}
		if !placed {
			col, source = append(col, int32(i)), append(source, -1)
		}
		ptr[i+1] = int32(len(col))
	}
	return newPattern(n, p.Cols(), ptr, col, source)
}
