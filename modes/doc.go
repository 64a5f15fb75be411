// Package modes turns graphs in memory into inputs of an expression graph,
// and gives layers one value for them, Graph, so that no layer asks how many
// graphs there are or how they are laid out.
//
// # The four modes
//
//   - single: one graph, X (N×F) and A (N×N), sparse or dense (NewSingle);
//   - disjoint: several graphs as one, X (ΣN×F), A block-diagonal and sparse,
//     and the graph of each node (NewDisjoint);
//   - batch: several graphs padded to one size, X (B×N×F), A (B×N×N) and a
//     mask (B×N) (NewBatch, NewSparseBatch, and NewPadded for tensors that are
//     padded already);
//   - mixed: several signals on one graph, X (B×N×F) and one A (N×N)
//     (NewMixed).
//
// In every mode the nodes are the rows of X, all axes but the last, and one
// vector of ids says which graph a row belongs to, −1 being padding. An
// adjacency is a linear operator on such rows (Adj).
//
// # From graph to input
//
// A Host is one graph in memory: FromCOO, FromDense, FromMat, FromCS and
// FromGonum make one. Each constructor of an input has a setter (SetSingle,
// SetDisjoint, …), which swaps other graphs in between runs of one compiled
// machine, within a Budget, whole or not at all.
//
// # Between modes
//
// On the host Collate and Split, Pad and PaddedBatch.Hosts convert; SplitRows gives
// out results per graph. As nodes, with gradients, Graph.ToBatch,
// Graph.ToDisjoint and Graph.DenseA do.
//
// docs/modes.md says how to choose, and shows each.
package modes
