// Package modes turns graphs in memory into inputs of an expression graph,
// and gives layers one value for them, Graph, so that no layer asks how many
// graphs there are or how they are laid out.
//
// # The four modes
//
//   - single: one graph, X (N×F) and A (N×N), sparse or dense;
//   - disjoint: several graphs as one, X (ΣN×F), A block-diagonal, and the
//     graph of each node;
//   - batch: several graphs padded to one size, X (B×N×F), A (B×N×N) and a
//     mask (B×N);
//   - mixed: several signals on one graph, X (B×N×F) and one A (N×N).
//
// In every mode the nodes are the rows of X, all axes but the last, and one
// vector of ids says which graph a row belongs to, −1 being padding. An
// adjacency is a linear operator on such rows (Adj).
package modes
