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

// ones is the matrix with 1 at each place that counts.
func (a SparseAdj) ones() (m ops.Sparse, err error) {
	if !a.Blocks || a.Weights == nil {
		return ops.Places(a.Sparse)
	}
	m = a.Sparse
	m.Weights, err = ops.NonZero(m.Weights)
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
