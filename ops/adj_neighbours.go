package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// adjacency is a square matrix as ops take it that ask who is whose
// neighbour: sparse, or dense and N×N or B×N×N. Over more rows than it has,
// it repeats as blocks. It is read as undirected: i and j are neighbours
// where (i, j) or (j, i) is stored, or is not zero where there are values.
type adjacency struct {
	sparse *Sparse
	dense  *G.Node
}

// check errs unless the matrix is square and goes into the rows.
func (a adjacency) check(rows int) error {
	n, blocks := 0, 1
	switch {
	case a.sparse != nil:
		if err := a.sparse.check(); err != nil {
			return err
		}
		if n = a.sparse.Rows; n != a.sparse.Cols {
			return fmt.Errorf("the matrix is %d×%d, want a square one", n, a.sparse.Cols)
		}
	case a.dense == nil:
		return fmt.Errorf("the matrix is nil, want a node")
	default:
		s := a.dense.Shape()
		if d := s.Dims(); d < 2 || d > 3 || s[d-1] != s[d-2] {
			return fmt.Errorf("the matrix has shape %v, want (N, N) or (B, N, N)", s)
		}
		if n = s[s.Dims()-1]; s.Dims() == 3 {
			blocks = s[0]
		}
	}
	if rows < 1 || rows%(n*blocks) != 0 || blocks > 1 && rows != n*blocks {
		return fmt.Errorf("%d rows and %d of the matrix, want as many, or several times as many", rows, n*blocks)
	}
	return nil
}

// inputs is the matrix's inputs of an op, and their kinds.
func (a adjacency) inputs() (in []*G.Node, kinds string) {
	switch {
	case a.sparse == nil:
		return []*G.Node{a.dense}, "f"
	case a.sparse.Weights == nil:
		return []*G.Node{a.sparse.Pattern}, "p"
	}
	return []*G.Node{a.sparse.Pattern, a.sparse.Weights}, "pf"
}

// nearby calls f for each neighbour of row i, for some more than once.
type nearby func(i int, f func(j int))

// nearby reads the values of the matrix's inputs.
func (a adjacency) nearby(in []G.Value) (nearby, error) {
	if a.sparse == nil {
		return denseNearby(in[0])
	}
	p, err := sizedPattern(in[0], a.sparse.Rows, a.sparse.Rows)
	if err != nil {
		return nil, err
	}
	if len(in) == 1 {
		return sparseNearby(p, func(int32) bool { return true }, p.Symmetric()), nil
	}
	if s := in[1].Shape().TotalSize(); s < p.NNZ() {
		return nil, fmt.Errorf("%d edge weights, want at least %d, one an entry of the pattern", s, p.NNZ())
	}
	there, err := nonZeroAt(in[1])
	return sparseNearby(p, func(e int32) bool { return there(int(e)) }, false), err
}

func sparseNearby(p *Pattern, there func(e int32) bool, symmetric bool) nearby {
	t, perm := p.transpose()
	n := p.Rows()
	return func(i int, f func(j int)) {
		r, first := i%n, i-i%n
		for e := p.csr.Ptr[r]; e < p.csr.Ptr[r+1]; e++ {
			if there(e) {
				f(first + int(p.csr.Col[e]))
			}
		}
		for e := t.Ptr[r]; !symmetric && e < t.Ptr[r+1]; e++ {
			if there(perm[e]) {
				f(first + int(t.Col[e]))
			}
		}
	}
}

func denseNearby(v G.Value) (nearby, error) {
	there, err := nonZeroAt(v)
	s := v.Shape()
	n := s[s.Dims()-1]
	shared := s.Dims() == 2
	return func(i int, f func(j int)) {
		r, first := i%n, i-i%n
		at := first * n // of the block's matrix
		if shared {
			at = 0
		}
		for j := range n {
			if there(at+r*n+j) || there(at+j*n+r) {
				f(first + j)
			}
		}
	}, err
}

// nonZeroAt tells which elements of a float value are not 0.
func nonZeroAt(v G.Value) (func(i int) bool, error) {
	if v.Dtype() == tensor.Float32 {
		x, err := floats[float32](v)
		return func(i int) bool { return x[i] != 0 }, err
	}
	x, err := floats[float64](v)
	return func(i int) bool { return x[i] != 0 }, err
}
