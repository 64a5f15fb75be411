package modes

import "github.com/graphpool/graphpool/ops"

// Transpose implements Adj: sparse stays sparse.
func (a SparseAdj) Transpose() (Adj, error) {
	m, err := ops.Transposed(a.Sparse)
	return SparseAdj{Sparse: m, Copies: a.Copies, Blocks: a.Blocks}, err
}

// Unweighted implements Adj.
func (a SparseAdj) Unweighted() (Adj, error) {
	m, err := a.ones()
	return SparseAdj{Sparse: m, Copies: a.Copies, Blocks: a.Blocks}, err
}

// ones is the matrix with 1 for each entry that counts.
func (a SparseAdj) ones() (m ops.Sparse, err error) {
	m = a.Sparse
	switch {
	case m.Weights == nil:
	case a.Blocks:
		m.Weights, err = ops.NonZero(m.Weights)
	default:
		m.Capacity, m.Weights, m.Symmetric = m.Weights.Shape().TotalSize(), nil, false
	}
	return m, err
}

// Transpose implements Adj.
func (a DenseAdj) Transpose() (Adj, error) {
	m, err := ops.Transpose(a.Node)
	return DenseAdj{Node: m, Copies: a.Copies}, err
}

// Unweighted implements Adj.
func (a DenseAdj) Unweighted() (Adj, error) {
	m, err := ops.NonZero(a.Node)
	return DenseAdj{Node: m, Copies: a.Copies}, err
}
