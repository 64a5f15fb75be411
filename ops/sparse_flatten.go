package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// FromDense is a dense matrix as a sparse one: an entry for each element that is
// not 0, in the order of the elements. A batch of matrices becomes their
// block-diagonal matrix.
//
// Shapes: a N×N or B×N×N; the result is B·N×B·N, with room for all elements.
// Gradient: to the elements of a that are not 0.
func FromDense(a *G.Node) (Sparse, error) {
	if a == nil || a.Dims() < 2 || a.Dims() > 3 || a.Shape()[a.Dims()-1] != a.Shape()[a.Dims()-2] {
		return Sparse{}, fmt.Errorf("ops: FromDense: %v, want a node of shape (N, N) or (B, N, N)", a)
	}
	size := a.Shape().TotalSize()
	if size > math.MaxInt32 {
		return Sparse{}, fmt.Errorf("ops: FromDense: %d elements, want at most %d", size, math.MaxInt32)
	}
	n := a.Shape()[a.Dims()-1]
	p, err := apply(&op{
		name: "FromDense", dtype: tensor.Int, kinds: "f", shape: fixed(tensor.Shape{1}),
		any: func(in []G.Value) (G.Value, error) { return fromDense(in[0], n) },
	}, a)
	if err != nil {
		return Sparse{}, err
	}
	flat, err := Reshape(a, size)
	if err != nil {
		return Sparse{}, err
	}
	return derived(Sparse{Weights: flat}, p, size/n, size/n, 0)
}

func fromDense(a G.Value, n int) (G.Value, error) {
	there, err := nonZeroAt(a)
	if err != nil {
		return nil, err
	}
	rows := a.Shape().TotalSize() / n
	ptr := make([]int32, rows+1)
	var col, source []int32
	for i := range rows {
		for j := range n {
			if there(i*n + j) {
				col, source = append(col, int32(i/n*n+j)), append(source, int32(i*n+j))
			}
		}
		ptr[i+1] = int32(len(col))
	}
	return newPattern(rows, rows, ptr, col, source), nil
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
