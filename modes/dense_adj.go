package modes

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// DenseAdj is an adjacency as a dense node: N×N of one graph, B×N×N of a batch,
// or N×N of one that Copies signals share (mixed mode).
type DenseAdj struct {
	Node   *G.Node
	Copies int // in mixed mode the number of signals; else 0
}

func (DenseAdj) sealed() {}

// Rows implements Adj; without a matrix there are none.
func (a DenseAdj) Rows() int {
	if a.Node == nil || a.Node.Dims() < 2 {
		return 0
	}
	s := a.Node.Shape()
	return s.TotalSize() / s[s.Dims()-1] * max(1, a.Copies)
}

// Mul implements Adj.
func (a DenseAdj) Mul(x *G.Node) (*G.Node, error) { return ops.BatchMul(a.Node, x, false, false) }

// Degree implements Adj.
func (a DenseAdj) Degree(*G.Node) (*G.Node, error) { return a.rows(a.Node, nil) }

// Stored implements Adj.
func (a DenseAdj) Stored(*G.Node) (*G.Node, error) { return a.rows(ops.NonZero(a.Node)) }

// SquareSum implements Adj.
func (a DenseAdj) SquareSum(*G.Node) (*G.Node, error) { return a.perRow(ops.RowSquares(a.Node)) }

// rows adds up the rows of m, as a vector, once for each copy.
func (a DenseAdj) rows(m *G.Node, err error) (*G.Node, error) {
	if err != nil {
		return nil, err
	}
	return a.perRow(ops.RowSum(m))
}

// perRow is d, which has an element a row, as a vector, once for each copy.
func (a DenseAdj) perRow(d *G.Node, err error) (*G.Node, error) {
	if err != nil {
		return nil, err
	}
	if d.Dims() > 1 {
		if d, err = ops.Reshape(d, d.Shape().TotalSize()); err != nil {
			return nil, err
		}
	}
	if a.Copies > 1 {
		return ops.Tile(d, a.Copies)
	}
	return d, nil
}

// Normalize implements Adj.
func (a DenseAdj) Normalize(_ *G.Node, n Normalization) (Adj, error) {
	m, err := a.Node, error(nil)
	if n.SelfLoops {
		if m, err = ops.AddDiagonal(m, 1); err != nil {
			return nil, err
		}
	}
	if n.Kind == Unnormalized {
		return DenseAdj{Node: m, Copies: a.Copies}, nil
	}
	d, err := ops.RowSum(m)
	if err != nil {
		return nil, err
	}
	inv, err := n.inverse(d)
	if err != nil {
		return nil, err
	}
	if m, err = ops.RowScale(m, inv); err != nil {
		return nil, err
	}
	if n.Kind == Symmetric {
		m, err = ops.LastScale(m, inv)
	}
	return DenseAdj{Node: m, Copies: a.Copies}, err
}

// Induce implements Adj: K×K of one graph, B×K×K of a batch and of one graph
// that several signals share.
func (a DenseAdj) Induce(kept Subset) (Adj, error) {
	if a.Copies > 0 && kept.Graphs != a.Copies {
		return nil, fmt.Errorf("modes: a selection of %d graphs, want the %d signals on the graph", kept.Graphs, a.Copies)
	}
	m, err := ops.InduceDense(a.Node, kept.Index, kept.Graphs)
	return DenseAdj{Node: m}, err
}
