package modes

import (
	"errors"
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

// check errs unless the matrix is N×N, or B×N×N of graphs that share none.
func (a DenseAdj) check() error {
	if a.Node == nil {
		return errors.New("modes: the adjacency is a nil node, want a matrix")
	}
	d, s := a.Node.Dims(), a.Node.Shape()
	if d < 2 || d > 3 || s[d-1] != s[d-2] || s.TotalSize() < 1 || a.Copies < 0 || a.Copies > 0 && d == 3 {
		return fmt.Errorf("modes: the adjacency has shape %v for %d signals, want N×N or B×N×N, and N×N for signals that share it", s, a.Copies)
	}
	return nil
}

// Mul implements Adj.
func (a DenseAdj) Mul(x *G.Node) (*G.Node, error) { return ops.BatchMul(a.Node, x, false, false) }

// Degree implements Adj.
func (a DenseAdj) Degree(*G.Node) (*G.Node, error) {
	return build(func() *G.Node { return a.perRow(must(ops.RowSum(a.Node))) })
}

// Stored implements Adj.
func (a DenseAdj) Stored(*G.Node) (*G.Node, error) {
	return build(func() *G.Node { return a.perRow(must(ops.RowSum(must(ops.NonZero(a.Node))))) })
}

// SquareSum implements Adj.
func (a DenseAdj) SquareSum(*G.Node) (*G.Node, error) {
	return build(func() *G.Node { return a.perRow(must(ops.RowSquares(a.Node))) })
}

// perRow is d, which has an element a row, as a vector, once for each signal.
func (a DenseAdj) perRow(d *G.Node) *G.Node {
	if d.Dims() > 1 {
		d = must(ops.Reshape(d, d.Shape().TotalSize()))
	}
	if a.Copies > 1 {
		return must(ops.Tile(d, a.Copies))
	}
	return d
}

// Normalize implements Adj.
func (a DenseAdj) Normalize(_ *G.Node, n Normalization) (Adj, error) {
	return build(func() Adj {
		m := a.Node
		if n.SelfLoops {
			m = must(ops.AddDiagonal(m, 1))
		}
		if n.Kind != Unnormalized {
			inv := n.inverse(must(ops.RowSum(m)))
			m = must(ops.RowScale(m, inv))
			if n.Kind == Symmetric {
				m = must(ops.LastScale(m, inv))
			}
		}
		return DenseAdj{Node: m, Copies: a.Copies}
	})
}

// Induce implements Adj: K×K of one graph, B×K×K of a batch and of one graph
// that several signals share.
func (a DenseAdj) Induce(rows Subset) (Adj, error) {
	if a.Copies > 0 && rows.Graphs != a.Copies {
		return nil, fmt.Errorf("modes: a selection of %d graphs, want the %d signals on the graph", rows.Graphs, a.Copies)
	}
	m, err := ops.InduceDense(a.Node, rows.Index, rows.Graphs)
	return DenseAdj{Node: m}, err
}

// repeated is a's matrix once for each signal, B×N×N.
func (a DenseAdj) repeated() *G.Node {
	n := a.Node.Shape()[0]
	return must(ops.Reshape(must(ops.Tile(a.Node, a.Copies)), a.Copies, n, n))
}
