package modes

import (
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// NewBatch makes several graphs the input of an expression graph as tensors
// padded to one size: X (B×N×F) and A (B×N×N), both dense, and the graph of
// each of the B·N rows as IDs, −1 for padding. Sparse adjacencies and features
// are written out.
//
// B and N are Budget.Graphs and Budget.NodesPerGraph. Padding is 0 in X and A.
// Otherwise as NewDisjoint. Graphs whose edges have attributes are refused:
// NewSparseBatch takes them.
func NewBatch(g *G.ExprGraph, name string, graphs []*Host, dt tensor.Dtype, b Budget) (Graph, error) {
	return newSeveral(g, name, graphs, dt, b, Batch, false)
}

// NewSparseBatch is NewBatch with the adjacencies as one sparse block-diagonal
// matrix of B·N rows, for graphs of many nodes and few edges; Budget.Edges is
// its capacity.
func NewSparseBatch(g *G.ExprGraph, name string, graphs []*Host, dt tensor.Dtype, b Budget) (Graph, error) {
	return newSeveral(g, name, graphs, dt, b, Batch, true)
}

// SetBatch swaps other graphs into the nodes that NewBatch or NewSparseBatch
// made, within its budget. Graphs beyond those given are without nodes then.
// Nothing is swapped where it errs.
func SetBatch(in Graph, graphs []*Host) error { return setSeveral(in, graphs, Batch) }
