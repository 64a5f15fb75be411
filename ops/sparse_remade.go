package ops

import (
	"fmt"
	"math"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
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
		return p.withLoops(func(i int) bool { return !slices.Contains(p.csr.Col[p.csr.Ptr[i]:p.csr.Ptr[i+1]], int32(i)) }), nil
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

// DropZeros is m without the entries of weight 0.
//
// Shapes: as m, which has weights.
// Gradient: to the weights that are not 0.
func DropZeros(m Sparse) (Sparse, error) {
	if err := m.check(); err != nil {
		return Sparse{}, fmt.Errorf("ops: DropZeros: %w", err)
	}
	if m.Weights == nil {
		return Sparse{}, fmt.Errorf("ops: DropZeros: the matrix has no weights, want them")
	}
	p, err := apply(&op{
		name: "DropZeros", attrs: fmt.Sprint(m.Rows, m.Cols), dtype: tensor.Int, kinds: "pf", shape: fixed(tensor.Shape{1}),
		any: func(in []G.Value) (G.Value, error) {
			p, err := patternOf(in[0])
			if err != nil {
				return nil, err
			}
			there, err := nonZeroAt(in[1])
			if err == nil && in[1].Shape().TotalSize() < p.NNZ() {
				err = fmt.Errorf("%d edge weights, want at least %d, one an entry of the pattern", in[1].Shape().TotalSize(), p.NNZ())
			}
			if err != nil {
				return nil, err
			}
			return p.only(there), nil
		},
	}, m.Pattern, m.Weights)
	if err != nil {
		return Sparse{}, err
	}
	return derived(m, p, m.Rows, m.Cols, 0)
}

// only is the pattern of the entries that keep tells to keep.
func (p *Pattern) only(keep func(e int) bool) *Pattern {
	ptr := make([]int32, p.Rows()+1)
	var col, source []int32
	for i := range p.Rows() {
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			if keep(int(e)) {
				col, source = append(col, p.csr.Col[e]), append(source, e)
			}
		}
		ptr[i+1] = int32(len(col))
	}
	return newPattern(p.Rows(), p.Cols(), ptr, col, source)
}

// Repeat is the block-diagonal matrix that has so many times m.
//
// Shapes: m N×N; the result is copies·N×copies·N, and its capacity copies times
// m's; it has no weights where m has none.
// Gradient: to m's weights, summed over the copies.
func Repeat(m Sparse, copies int) (Sparse, error) {
	if err := m.check(); err != nil {
		return Sparse{}, fmt.Errorf("ops: Repeat: %w", err)
	}
	if m.Rows != m.Cols || copies < 1 || m.Rows > math.MaxInt32/copies {
		return Sparse{}, fmt.Errorf("ops: Repeat: a %d×%d matrix and %d copies, want a square one, at least 1 and below 2³¹ rows", m.Rows, m.Cols, copies)
	}
	p, err := m.remade("Repeat", fmt.Sprint(m.Rows, copies), func(p *Pattern) (*Pattern, error) {
		if p.NNZ() > math.MaxInt32/copies {
			return nil, fmt.Errorf("%d entries %d times, want at most %d in all", p.NNZ(), copies, math.MaxInt32)
		}
		return p.repeat(copies), nil
	})
	if err != nil {
		return Sparse{}, err
	}
	return derived(m, p, copies*m.Rows, copies*m.Cols, (copies-1)*m.room())
}

func (p *Pattern) repeat(copies int) *Pattern {
	n, nnz := p.Rows(), p.NNZ()
	ptr := make([]int32, copies*n+1)
	col, source := make([]int32, copies*nnz), make([]int32, copies*nnz)
	for b := range copies {
		for i := range n {
			ptr[b*n+i+1] = int32(b*nnz) + p.csr.Ptr[i+1]
		}
		for e, c := range p.csr.Col {
			col[b*nnz+e], source[b*nnz+e] = int32(b*n)+c, int32(e)
		}
	}
	return newPattern(copies*n, copies*n, ptr, col, source)
}

// Transposed is the transpose of a sparse matrix as a sparse matrix: entry
// (i, j) becomes (j, i), with its weight. Rows list their entries by rising
// column.
//
// For a product alone SpMMT needs less. The pattern is transposed again only
// when it changes.
//
// Shapes: m Rows×Cols; the result is Cols×Rows, with m's capacity, and
// weights where m has them.
// Gradient: to m's weights, each from the entry that it became.
func Transposed(m Sparse) (Sparse, error) {
	if err := m.check(); err != nil {
		return Sparse{}, fmt.Errorf("ops: Transposed: %w", err)
	}
	p, err := m.remade("Transposed", fmt.Sprint(m.Rows, m.Cols), func(p *Pattern) (*Pattern, error) {
		t, perm := p.transpose()
		return &Pattern{csr: t, source: perm}, nil
	})
	if err != nil {
		return Sparse{}, err
	}
	out, err := derived(m, p, m.Cols, m.Rows, 0)
	out.Symmetric = m.Symmetric
	return out, err
}
