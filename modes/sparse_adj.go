package modes

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// SparseAdj is an adjacency in compressed rows: of one graph, of several as
// blocks, or of one that Copies signals share (mixed mode). With one row for
// every row of X it serves tensors of rank 3 as well.
type SparseAdj struct {
	ops.Sparse
	Copies int  // in mixed mode the number of signals; else 0
	Blocks bool // of dense blocks: an entry of weight 0 is none, as in a dense adjacency
}

func (SparseAdj) sealed() {}

// Rows implements Adj.
func (a SparseAdj) Rows() int { return a.Sparse.Rows * max(1, a.Copies) }

// Mul implements Adj, without ever forming an N×N matrix.
func (a SparseAdj) Mul(x *G.Node) (*G.Node, error) {
	s := x.Shape()
	if s.Dims() != 3 || a.Copies > 0 {
		return ops.SpMM(a.Sparse, x)
	}
	flat, err := ops.Reshape(x, s[0]*s[1], s[2])
	if err != nil {
		return nil, err
	}
	y, err := ops.SpMM(a.Sparse, flat)
	if err != nil {
		return nil, err
	}
	return ops.Reshape(y, s...)
}

// Degree implements Adj.
func (a SparseAdj) Degree(like *G.Node) (*G.Node, error) {
	d, err := ops.RowSums(a.Sparse, like)
	return a.copies(d, err)
}

// Stored implements Adj.
func (a SparseAdj) Stored(like *G.Node) (*G.Node, error) {
	m, err := a.ones()
	if err != nil {
		return nil, err
	}
	d, err := ops.RowSums(m, like)
	return a.copies(d, err)
}

// SquareSum implements Adj.
func (a SparseAdj) SquareSum(like *G.Node) (*G.Node, error) {
	if a.Weights == nil {
		return a.Degree(like)
	}
	squares, err := ops.Hadamard(a.Weights, a.Weights)
	if err != nil {
		return nil, err
	}
	sq := a.Sparse
	sq.Weights = squares
	d, err := ops.RowSums(sq, like)
	return a.copies(d, err)
}

// copies repeats a vector of the shared graph for each signal.
func (a SparseAdj) copies(v *G.Node, err error) (*G.Node, error) {
	if err != nil || a.Copies <= 1 {
		return v, err
	}
	return ops.Tile(v, a.Copies)
}

// Normalize implements Adj. Without weights, nothing is computed again from
// run to run while the pattern stays.
func (a SparseAdj) Normalize(like *G.Node, n Normalization) (Adj, error) {
	out := a
	var err error
	if n.SelfLoops {
		if out.Sparse, err = ops.SelfLoops(a.Sparse); err != nil {
			return nil, err
		}
	}
	if n.Kind == Unnormalized {
		return out, nil
	}
	if out.Weights == nil && n.Kind == Symmetric {
		out.Weights, err = ops.SymWeights(out.Sparse, like, n.Eps)
		out.Symmetric = true
		return out, err
	}
	if out.Weights == nil {
		ones, err := ops.Full(like, 1, out.Sparse.Rows)
		if err != nil {
			return nil, err
		}
		if out.Weights, err = ops.EdgeRows(out.Sparse, ones); err != nil {
			return nil, err
		}
	}
	out.Weights, err = a.scale(out.Sparse, n)
	return out, err
}

// scale is the weights of m over the degrees.
func (a SparseAdj) scale(m ops.Sparse, n Normalization) (*G.Node, error) {
	d, err := ops.RowSums(m, m.Weights)
	if err != nil {
		return nil, err
	}
	inv, err := n.inverse(d)
	if err != nil {
		return nil, err
	}
	byRow, err := ops.EdgeRows(m, inv)
	if err != nil {
		return nil, err
	}
	w, err := ops.Hadamard(m.Weights, byRow)
	if err != nil || n.Kind == RandomWalk {
		return w, err
	}
	byCol, err := ops.EdgeCols(m, inv)
	if err != nil {
		return nil, err
	}
	return ops.Hadamard(w, byCol)
}

// Induce implements Adj: the result is sparse, with its weights; of a graph
// that several signals share, it has the kept nodes of each as a block.
func (a SparseAdj) Induce(kept Subset) (Adj, error) {
	if a.Copies > 0 {
		m, err := ops.InduceShared(a.Sparse, kept.Index, a.Copies)
		return SparseAdj{Sparse: m, Blocks: a.Blocks}, err
	}
	m, err := ops.Induce(a.Sparse, kept.Index)
	return SparseAdj{Sparse: m, Blocks: a.Blocks}, err
}
