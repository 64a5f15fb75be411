// Package modes turns graphs in memory into inputs of an expression graph.
// Layers get one type for them, Graph, so they need not know how many graphs
// there are or how these are laid out.
//
// # The four modes
//
//   - single: one graph, X (N×F) and A (N×N), sparse or dense (NewSingle);
//   - disjoint: several graphs as one, X (ΣN×F), A block-diagonal and sparse, and
//     the graph of each node (NewDisjoint);
//   - batch: several graphs padded to one size, X (B×N×F), A (B×N×N) and a mask
//     (B×N) (NewBatch, NewSparseBatch, and NewPadded for tensors that are already
//     padded);
//   - mixed: several signals on one graph, X (B×N×F) and one A (N×N) (NewMixed).
//
// In every mode the nodes are the rows of X, that is, all axes but the last. One
// vector of ids gives the graph of each row, with −1 for padding. An adjacency
// is a linear operator on these rows (Adj).
//
// # From graph to input
//
// A Host is one graph in memory, made by FromCOO, FromDense, FromMat, FromCS or
// FromGonum. Each constructor of an input has a setter (SetSingle, SetDisjoint,
// …), which replaces the graphs between runs of a compiled machine, within a
// Budget. If a setter returns an error, the input is unchanged.
//
// # Between modes
//
// On the host, Collate and Split, Pad and PaddedBatch.Hosts convert graphs, and
// SplitRows splits results by graph. In the expression graph, with gradients,
// use Graph.ToBatch, Graph.ToDisjoint and Graph.DenseA.
//
// docs/modes.md explains which mode to use and has examples.
package modes
