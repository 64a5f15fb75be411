package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// TakeColumns takes the columns of a sparse matrix that idx names, A[:, idx], as a
// sparse matrix of idx's width: entry (i, j) of the result stands for entry
// (i, idx_j). Columns at padding (−1) are empty.
//
// Shapes: m Rows×Cols; idx a vector of M, without repetitions; the result is
// Rows×M. Its weights have the capacity of m's, and are nil where m's are.
// Gradient: to m's weights, each from the entry that kept it.
// Errors: an index outside [−1, Cols) or named twice, when run.
func TakeColumns(m Sparse, idx *G.Node) (Sparse, error) {
	if err := m.check(); err != nil {
		return Sparse{}, fmt.Errorf("ops: TakeColumns: %w", err)
	}
	if idx == nil || idx.Dims() != 1 {
		return Sparse{}, fmt.Errorf("ops: TakeColumns: indices %v, want a vector", idx)
	}
	p, err := apply(&op{
		name: "TakeColumns", attrs: fmt.Sprint(m.Rows, m.Cols), dtype: tensor.Int, kinds: "pi",
		shape: fixed(tensor.Shape{1}),
		any:   func(in []G.Value) (G.Value, error) { return takeColumns(in, m.Rows, m.Cols) },
	}, m.Pattern, idx)
	if err != nil {
		return Sparse{}, err
	}
	return derived(m, p, m.Rows, idx.Shape()[0], 0)
}

// takeColumns is the pattern of the columns in input 1 of the pattern in input 0.
func takeColumns(in []G.Value, rows, cols int) (G.Value, error) {
	p, err := sizedPattern(in[0], rows, cols)
	if err != nil {
		return nil, err
	}
	idx, err := ints(in[1])
	if err != nil {
		return nil, err
	}
	to, err := positions(idx, cols)
	if err != nil {
		return nil, err
	}
	ptr := make([]int32, rows+1)
	col, source := []int32{}, []int32{}
	for i := range rows {
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			if j := to[p.csr.Col[e]]; j >= 0 {
				col, source = append(col, j), append(source, e)
			}
		}
		ptr[i+1] = int32(len(col))
	}
	return newPattern(rows, len(idx), ptr, col, source), nil
}
