package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/sparse"
)

// Contract puts several rows and columns of a square sparse matrix into one: an
// entry (u, v) goes to (place_u, place_v), and there is one entry for all that
// go to one place. It is the pattern of SᵀAS, S being the one-hot matrix of the
// places; neither S nor a dense matrix is formed. MergeEdges gives the new
// entries their weights and attributes.
//
// Entries of a row at place −1, or of a column there, drop out, and without
// loops those on the new diagonal too. The entries of a row are in the order of
// their columns.
//
// Shapes: m N×N, place a vector of N of dtype Int; the result is places×places,
// has the capacity of m, and no weights.
// Gradient: none; to weights by MergeEdges. Memory: linear; time: that of sorting
// each row.
// Errors: a place outside [−1, places), when run.
func Contract(m Sparse, place *G.Node, places int, loops bool) (Sparse, error) {
	if err := m.check(); err != nil {
		return Sparse{}, fmt.Errorf("ops: Contract: %w", err)
	}
	if m.Rows != m.Cols || places < 1 {
		return Sparse{}, fmt.Errorf("ops: Contract: a %d×%d matrix and %d places, want a square one and at least 1", m.Rows, m.Cols, places)
	}
	p, err := apply(&op{
		name: "Contract", attrs: fmt.Sprint(m.Rows, places, loops), dtype: tensor.Int, kinds: "pi",
		shape: fixed(tensor.Shape{1}, func(in []tensor.Shape) error {
			if n := in[1].TotalSize(); n != m.Rows {
				return fmt.Errorf("%d places of rows, want %d, one a row", n, m.Rows)
			}
			return nil
		}),
		any: func(in []G.Value) (G.Value, error) { return contractValue(in, m.Rows, places, loops) },
	}, m.Pattern, place)
	return Sparse{Pattern: p, Rows: places, Cols: places, Capacity: m.room()}, err
}

func contractValue(in []G.Value, n, places int, loops bool) (G.Value, error) {
	p, err := sizedPattern(in[0], n, n)
	if err != nil {
		return nil, err
	}
	place, err := ints(in[1])
	if err != nil {
		return nil, err
	}
	to := make([]int32, n)
	for i, c := range place {
		if c < -1 || c >= places {
			return nil, fmt.Errorf("place of row %d is %d, want 0 to %d, or -1 for none", i, c, places-1)
		}
		to[i] = int32(c)
	}
	return p.contract(to, places, loops), nil
}

// contract is the pattern with row and column i at to[i].
func (p *Pattern) contract(to []int32, places int, loops bool) *Pattern {
	m, into := sparse.Contract(p.csr, to, places, loops)
	return &Pattern{csr: m, into: into}
}

// Coalesce is m with one entry a place: the weights of entries of one place add
// up. Without weights each entry counts 1.
//
// Shapes: the result has m's size and capacity, and weights, of the dtype of
// like.
// Gradient: to m's weights.
func Coalesce(m Sparse, like *G.Node) (Sparse, error) {
	if err := m.checkRoom(); err != nil {
		return Sparse{}, fmt.Errorf("ops: Coalesce: %w", err)
	}
	if m.Rows != m.Cols {
		return Sparse{}, fmt.Errorf("ops: Coalesce: a %d×%d matrix, want a square one", m.Rows, m.Cols)
	}
	p, err := m.remade("Coalesce", fmt.Sprint(m.Rows), func(p *Pattern) (*Pattern, error) { return p.coalesce(), nil })
	if err != nil {
		return Sparse{}, err
	}
	out := Sparse{Pattern: p, Rows: m.Rows, Cols: m.Cols, Capacity: m.room()}
	w := m.Weights
	if w == nil {
		if w, err = Full(like, 1, m.room()); err != nil {
			return Sparse{}, err
		}
	}
	out.Weights, err = MergeEdges(out, w, ReduceSum)
	return out, err
}

// coalesce is p with one entry a place.
func (p *Pattern) coalesce() *Pattern {
	if !sparse.Rising(p.csr) {
		return p.contract(firstInts(p.Rows()), p.Rows(), true)
	}
	out := newPattern(p.Rows(), p.Cols(), p.csr.Ptr, p.csr.Col, nil)
	out.into = firstInts(p.NNZ())
	return out
}

// firstInts is 0, 1, … n − 1.
func firstInts(n int) []int32 {
	x := make([]int32, n)
	for i := range x {
		x[i] = int32(i)
	}
	return x
}

// MergeEdges makes the values of the entries of a matrix that Contract or
// Coalesce made, out of those of the entries that they were:
//
//	y_e = r{ x_f : entry f became part of e }
//
// Shapes: x a vector of rows or rows×n, a row an entry of the matrix before;
// the result has m's capacity as rows, those beyond its entries 0.
// Gradient: to x, as SegmentReduce; that of entries that dropped out is 0.
// Errors: a pattern that was not contracted, or more entries than rows, when
// run.
func MergeEdges(m Sparse, x *G.Node, r Reduction) (*G.Node, error) {
	if err := m.checkRoom(); err != nil {
		return nil, fmt.Errorf("ops: MergeEdges: %w", err)
	}
	if x == nil || x.Dims() < 1 || x.Dims() > 2 {
		return nil, fmt.Errorf("ops: MergeEdges: x is %v, want a vector or a matrix", x)
	}
	into, err := apply(mergedIntoOp(x.Shape()[0]), m.Pattern)
	if err != nil {
		return nil, err
	}
	return SegmentReduce(x, Segments{IDs: into, Count: m.room()}, r)
}

// mergedIntoOp takes a contracted pattern, and gives for each of so many
// entries of the one before the entry it became part of, −1 for none.
func mergedIntoOp(rows int) *op {
	return &op{
		name: "MergedInto", attrs: fmt.Sprint(rows), dtype: tensor.Int, kinds: "p", shape: fixed(tensor.Shape{rows}),
		any: func(in []G.Value) (G.Value, error) {
			p, err := patternOf(in[0])
			switch {
			case err != nil:
				return nil, err
			case p.into == nil:
				return nil, fmt.Errorf("the pattern was not contracted from another")
			case len(p.into) > rows:
				return nil, fmt.Errorf("%d rows, want at least %d, one an entry of the matrix before", rows, len(p.into))
			}
			out := make([]int, rows)
			for e := range out {
				out[e] = -1
			}
			for e, to := range p.into {
				out[e] = int(to)
			}
			return intVector(out), nil
		},
	}
}
