package embed

import (
	"fmt"
	"math"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/host"
)

// Matrix is the features of nodes, a row a node, dense or sparse.
type Matrix struct {
	Rows, Cols int

	// Dense has Rows·Cols numbers, row by row; nil where the matrix is sparse.
	Dense []float32

	// Pattern and Values are the stored entries of a sparse matrix.
	Pattern *ops.Pattern
	Values  []float32
}

// Of is the features of h: X, or where there is none the rows of A + I, of
// which h must have at least one node. The memory of dense features of float32
// is shared with h.
func Of(h *modes.Host) (Matrix, error) {
	if err := h.Check(); err != nil {
		return Matrix{}, fmt.Errorf("embed: %w", err)
	}
	switch {
	case h.Nodes == 0:
		return Matrix{}, nil
	case h.X != nil:
		return dense(h.X)
	case h.SparseX != nil:
		p := h.SparseX.Pattern
		return Matrix{Rows: p.Rows(), Cols: p.Cols(), Pattern: p, Values: narrow(h.SparseX.Values, p.NNZ())}, nil
	}
	return closed(h)
}

// ofAdjacency is Of without regard to features.
func ofAdjacency(h *modes.Host) (Matrix, error) {
	if err := h.Check(); err != nil {
		return Matrix{}, fmt.Errorf("embed: %w", err)
	}
	return closed(h)
}

func dense(t *tensor.Dense) (Matrix, error) {
	s := t.Shape()
	m := Matrix{Rows: s[0], Cols: s[1]}
	if t.RequiresIterator() {
		return Matrix{}, fmt.Errorf("embed: features that are a view of another tensor, want contiguous ones")
	}
	switch x := t.Data().(type) {
	case []float32:
		m.Dense = x
	case []float64:
		m.Dense = narrow(x, len(x))
	}
	return m, nil
}

// narrow is x as float32, ones where x is nil.
func narrow(x []float64, n int) []float32 {
	y := make([]float32, n)
	for i := range y {
		y[i] = 1
		if x != nil {
			y[i] = float32(x[i])
		}
	}
	return y
}

// closed is the rows of A + I. A loop that is there already counts on top.
func closed(h *modes.Host) (Matrix, error) {
	a, err := adjacency(h)
	if err != nil {
		return Matrix{}, err
	}
	n, ptr, col := h.Nodes, a.pattern.Ptr(), a.pattern.Col()
	toPtr, toCol := make([]int32, n+1), make([]int32, 0, len(col)+n)
	values := make([]float32, 0, len(col)+n)
	for i := range n {
		toCol, values = append(toCol, int32(i)), append(values, a.loop)
		for e := ptr[i]; e < ptr[i+1]; e++ {
			toCol, values = append(toCol, col[e]), append(values, a.weight(e))
		}
		toPtr[i+1] = int32(len(toCol))
	}
	p, err := ops.NewPattern(n, n, toPtr, toCol)
	return Matrix{Rows: n, Cols: n, Pattern: p, Values: values}, err
}

// atColumns is the sparse m with column j as column to[j] of so many, and
// without it where to[j] is −1.
func (m Matrix) atColumns(to []int32, cols int) (Matrix, error) {
	if len(to) != m.Cols {
		return Matrix{}, fmt.Errorf("embed: %d nodes matched, want the %d of the graph", len(to), m.Cols)
	}
	ptr, col := m.Pattern.Ptr(), m.Pattern.Col()
	out := Matrix{Rows: m.Rows, Cols: cols}
	toPtr, toCol := make([]int32, m.Rows+1), make([]int32, 0, len(col))
	for i := range m.Rows {
		for e := ptr[i]; e < ptr[i+1]; e++ {
			switch c := to[col[e]]; {
			case c < -1 || int(c) >= cols:
				return Matrix{}, fmt.Errorf("embed: node %d matched to %d, want -1 to %d", col[e], c, cols-1)
			case c >= 0:
				toCol, out.Values = append(toCol, c), append(out.Values, m.Values[e])
			}
		}
		toPtr[i+1] = int32(len(toCol))
	}
	var err error
	out.Pattern, err = ops.NewPattern(m.Rows, cols, toPtr, toCol)
	return out, err
}

// stored is the numbers of m that are stored.
func (m Matrix) stored() []float32 {
	if m.Pattern != nil {
		return m.Values
	}
	return m.Dense
}

// row is the stored numbers of row i.
func (m Matrix) row(x []float32, i int) []float32 {
	if m.Pattern != nil {
		p := m.Pattern.Ptr()
		return x[p[i]:p[i+1]]
	}
	return x[i*m.Cols : (i+1)*m.Cols]
}

// with is m with other stored numbers.
func (m Matrix) with(x []float32) Matrix {
	if m.Pattern != nil {
		m.Values = x
	} else {
		m.Dense = x
	}
	return m
}

// Unit is m with each row over its Euclidean length; rows of zeros stay so.
// m is not changed.
func Unit(m Matrix) Matrix {
	y := append([]float32(nil), m.stored()...)
	host.Rows(m.Rows, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			unit(m.row(y, i))
		}
	})
	return m.with(y)
}

func unit(x []float32) {
	var s float64
	for _, v := range x {
		s += float64(v) * float64(v)
	}
	if s == 0 {
		return
	}
	f := 1 / math.Sqrt(s)
	for i, v := range x {
		x[i] = float32(float64(v) * f)
	}
}
