package ops

import (
	"fmt"
	"slices"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// except is the pairs of rows that are left out: the entries of a pattern, or
// the places of dense matrices of n columns that are not 0. The zero value leaves
// out none.
type except[T Float] struct {
	m      *kernels.CSR // of the pairs (i, j) in row i, or of (j, i) if turned
	dense  []T
	n      int
	turned bool // the other row of a pair comes first
}

// wantExceptDense errs unless input at is dense matrices whose rows go into those
// of input 0.
func wantExceptDense(at int) func(in []tensor.Shape) error {
	return func(in []tensor.Shape) error {
		s := in[at]
		of, _ := split(in[0])
		if s.Dims() >= 2 {
			if rows, n := split(s); rows%n == 0 && of%rows == 0 {
				return nil
			}
		}
		return fmt.Errorf("the pairs left out have shape %v, want square matrices of rows that make up %d", s, of)
	}
}

// except is the pairs in input at.
func (c *call[T]) except(at, rows int, turned bool) (x except[T], err error) {
	x.turned = turned
	if c.in[at].Dtype() != tensor.Int {
		_, x.n = split(c.in[at].Shape())
		x.dense = c.float(at)
		return x, c.err
	}
	p, err := c.pattern(at, rows, rows)
	if err != nil {
		return x, err
	}
	if x.m = p.csr; turned {
		x.m, _ = p.transpose()
	}
	return x, nil
}

// each is a function that tells of a row which others are left out with it: of
// one row at a time, and on one goroutine. few says that it is asked about few.
func (x except[T]) each(few bool) func(i int) (skip func(j int) bool) {
	switch {
	case x.dense != nil:
		return x.places
	case x.m == nil:
		return func(int) func(int) bool { return nil }
	case few:
		return func(i int) func(int) bool {
			row := x.row(i)
			return func(j int) bool { return slices.Contains(row, int32(j)) }
		}
	}
	seen, row := make([]bool, x.m.Cols), []int32(nil)
	skip := func(j int) bool { return seen[j] }
	return func(i int) func(int) bool {
		for _, j := range row {
			seen[j] = false
		}
		row = x.row(i)
		for _, j := range row {
			seen[j] = true
		}
		return skip
	}
}

func (x except[T]) row(i int) []int32 { return x.m.Col[x.m.Ptr[i]:x.m.Ptr[i+1]] }

// places is each for dense matrices.
func (x except[T]) places(i int) func(j int) bool {
	at := func(i, j int) T { return x.dense[i%(len(x.dense)/x.n)*x.n+j%x.n] }
	if x.turned {
		return func(j int) bool { return at(j, i) != 0 }
	}
	return func(j int) bool { return at(i, j) != 0 }
}
