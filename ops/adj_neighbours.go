package ops

import (
	"cmp"
	"fmt"
	"slices"

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

// LocalMaxima finds the rows whose value is at least the value of each of their
// neighbours in a sparse matrix. A row without neighbours is such a row. Each
// segment has the same number of slots. They hold its local maxima by falling
// value; of equal values the lower index comes first. Where there are more
// local maxima than slots, the lowest ones are left out.
//
// The matrix is read as undirected, an entry of weight 0 as none. Over several
// times as many rows as it has, every block of rows has the matrix.
//
// Shapes: m N×N, v one value a row, in any shape; the result is a vector of
// Count·slots of dtype Int, −1 where there are no more.
// Gradient: none; the choice is a constant.
// Errors: a value that is NaN, unless it is padding, when run.
func LocalMaxima(m Sparse, v *G.Node, s Segments, slots int) (*G.Node, error) {
	return localMaximaOf("LocalMaxima", adjacency{sparse: &m}, v, s, slots)
}

// LocalMaximaDense is LocalMaxima for a dense matrix, N×N or B×N×N.
func LocalMaximaDense(a, v *G.Node, s Segments, slots int) (*G.Node, error) {
	return localMaximaOf("LocalMaximaDense", adjacency{dense: a}, v, s, slots)
}

func localMaximaOf(name string, a adjacency, v *G.Node, s Segments, slots int) (*G.Node, error) {
	err := s.check()
	if err == nil && v == nil {
		err = fmt.Errorf("v is nil, want a node")
	}
	if err == nil && slots < 1 {
		err = fmt.Errorf("slots = %d, want at least 1", slots)
	}
	if err == nil {
		err = a.check(v.Shape().TotalSize())
	}
	if err != nil {
		return nil, fmt.Errorf("ops: %s: %w", name, err)
	}
	of, kinds := a.inputs()
	at := 1 + len(of) // of the ids
	return apply(&op{
		name: name, attrs: fmt.Sprint(s.Count, slots, kinds), dtype: tensor.Int, kinds: "f" + kinds + "i",
		shape: fixed(tensor.Shape{s.Count * slots}, func(in []tensor.Shape) error {
			if at < len(in) && in[at].TotalSize() != in[0].TotalSize() {
				return fmt.Errorf("%d segment ids, want %d, one a row", in[at].TotalSize(), in[0].TotalSize())
			}
			return nil
		}),
		any: func(in []G.Value) (G.Value, error) {
			next, err := a.nearby(in[1:at])
			if err != nil {
				return nil, err
			}
			if in[0].Dtype() == tensor.Float32 {
				return localMaxima[float32](in, at, next, s.Count, slots)
			}
			return localMaxima[float64](in, at, next, s.Count, slots)
		},
	}, s.with(append([]*G.Node{v}, of...)...)...)
}

func localMaxima[T Float](in []G.Value, at int, next nearby, count, slots int) (G.Value, error) {
	v, err := floats[T](in[0])
	if err != nil {
		return nil, err
	}
	var zeros []int
	c := call[T]{in: in, zeros: &zeros}
	ids, err := c.ids(at, len(v), count)
	if err != nil {
		return nil, err
	}
	found := make([][]int, count)
	for i, s := range ids {
		if s < 0 {
			continue
		}
		if v[i] != v[i] {
			return nil, fmt.Errorf("v[%d] is NaN", i)
		}
		top := true
		next(i, func(j int) { top = top && (v[j] <= v[i] || ids[j] != s) })
		if top {
			found[s] = append(found[s], i)
		}
	}
	out := make([]int, count*slots)
	for s, rows := range found {
		slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(v[b], v[a]) })
		to := out[s*slots : (s+1)*slots]
		for j := copy(to, rows); j < slots; j++ {
			to[j] = -1
		}
	}
	return tensor.New(tensor.WithShape(len(out)), tensor.WithBacking(out)), nil
}
