package modes

import "github.com/graphpool/graphpool/ops"

// Transpose implements Adj: sparse stays sparse.
func (a Sparse) Transpose() (Adj, error) {
	m, err := ops.Transposed(a.Sparse)
	return Sparse{Sparse: m, Copies: a.Copies}, err
}

// Unweighted implements Adj.
func (a Sparse) Unweighted() (Adj, error) {
	m := a.Sparse
	if m.Weights != nil {
		m.Capacity, m.Weights, m.Symmetric = m.Weights.Shape().TotalSize(), nil, false
	}
	return Sparse{Sparse: m, Copies: a.Copies}, nil
}

// Transpose implements Adj.
func (a Dense) Transpose() (Adj, error) {
	m, err := ops.Transpose(a.Node)
	return Dense{Node: m, Copies: a.Copies}, err
}

// Unweighted implements Adj.
func (a Dense) Unweighted() (Adj, error) {
	m, err := ops.NonZero(a.Node)
	return Dense{Node: m, Copies: a.Copies}, err
}
