package modes

import (
	"errors"
	"fmt"
	"math"

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

// Rows implements Adj; a matrix of no constructor has none.
func (a SparseAdj) Rows() int {
	if a.check() != nil {
		return 0
	}
	return a.Sparse.Rows * max(1, a.Copies)
}

// check errs where no constructor made the matrix, or too many signals share it.
func (a SparseAdj) check() error {
	switch {
	case a.Pattern == nil:
		return errors.New("modes: the adjacency has no pattern, want one of a constructor")
	case a.Sparse.Rows < 1 || a.Copies < 0 || a.Sparse.Rows > math.MaxInt32/max(1, a.Copies):
		return fmt.Errorf("modes: the adjacency has %d rows for %d signals, want at least 1 and below 2³¹ in all", a.Sparse.Rows, a.Copies)
	}
	return nil
}

// Mul implements Adj, without ever forming an N×N matrix.
func (a SparseAdj) Mul(x *G.Node) (*G.Node, error) {
	if x == nil || x.Dims() != 3 || a.Copies > 0 {
		return ops.SpMM(a.Sparse, x)
	}
	s := x.Shape()
	return build(func() *G.Node {
		rows := must(ops.Reshape(x, s[0]*s[1], s[2]))
		return must(ops.Reshape(must(ops.SpMM(a.Sparse, rows)), s...))
	})
}

// Degree implements Adj.
func (a SparseAdj) Degree(like *G.Node) (*G.Node, error) {
	return build(func() *G.Node { return a.rowSums(a.Sparse, like) })
}

// Stored implements Adj.
func (a SparseAdj) Stored(like *G.Node) (*G.Node, error) {
	return build(func() *G.Node { return a.rowSums(must(a.ones()), like) })
}

// SquareSum implements Adj.
func (a SparseAdj) SquareSum(like *G.Node) (*G.Node, error) {
	return build(func() *G.Node { return a.perSignalRow(must(ops.RowSquareSums(a.Sparse, like))) })
}

// rowSums is the sum of each row of m, which has a's entries, once for each
// signal on a shared graph.
func (a SparseAdj) rowSums(m ops.Sparse, like *G.Node) *G.Node {
	return a.perSignalRow(must(ops.RowSums(m, like)))
}

// perSignalRow is d, which has an element a row, once for each signal on a
// shared graph.
func (a SparseAdj) perSignalRow(d *G.Node) *G.Node {
	ensure(a.check())
	if a.Copies <= 1 {
		return d
	}
	return must(ops.Tile(d, a.Copies))
}

// Normalize implements Adj. Without weights, nothing is computed again from
// run to run while the pattern stays.
func (a SparseAdj) Normalize(like *G.Node, n Normalization) (Adj, error) {
	return build(func() Adj {
		out := a
		ensure(a.check())
		if n.SelfLoops {
			out.Sparse = must(ops.SelfLoops(a.Sparse))
		}
		switch {
		case n.Kind == Unnormalized:
			return out
		case out.Weights == nil && n.Kind == Symmetric:
			out.Weights = must(ops.SymWeights(out.Sparse, like, n.Eps))
			out.Symmetric = true
			return out
		case out.Weights == nil:
			ones := must(ops.Full(like, 1, out.Sparse.Rows))
			out.Weights = must(ops.EdgeRows(out.Sparse, ones))
		}
		out.Weights = n.weights(out.Sparse)
		return out
	})
}

// weights is the weights of m over its degrees.
func (n Normalization) weights(m ops.Sparse) *G.Node {
	inv := n.inverse(must(ops.RowSums(m, m.Weights)))
	w := must(ops.Hadamard(m.Weights, must(ops.EdgeRows(m, inv))))
	if n.Kind == RandomWalk {
		return w
	}
	return must(ops.Hadamard(w, must(ops.EdgeCols(m, inv))))
}

// Induce implements Adj: the result is sparse, with its weights; of a graph
// that several signals share, it has the chosen nodes of each as a block.
func (a SparseAdj) Induce(rows Subset) (Adj, error) {
	if err := a.check(); err != nil {
		return nil, err
	}
	if a.Copies > 0 {
		m, err := ops.InduceShared(a.Sparse, rows.Index, a.Copies)
		return SparseAdj{Sparse: m, Blocks: a.Blocks}, err
	}
	m, err := ops.Induce(a.Sparse, rows.Index)
	return SparseAdj{Sparse: m, Blocks: a.Blocks}, err
}
