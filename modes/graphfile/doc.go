// Package graphfile reads and writes graph files: npz, edge lists, Matrix
// Market, METIS, GraphML, GEXF, GML, Pajek, DOT and node-link JSON. It also
// reads Planetoid's text layout, folders of the Open [Graph] Benchmark, and data
// sets of many graphs in the layout of the TU collection. docs/files.md has a
// table of the formats and the rules for their content.
//
// A [Graph] is always undirected: both directions of every edge are stored,
// columns are ascending, and there are no self loops or duplicates.
// Graph.Changes lists what was changed for this, with counts.
//
// Entries become edges as follows:
//
//   - A self loop is dropped, and so is an entry of weight 0.
//   - Without weights, duplicates and the two directions become one edge.
//   - With weights, even if all are 1, duplicates of one direction are added; then
//     the edge gets the mean of its two directions, or the value of the only one.
//   - If all edges then weigh exactly 1, the graph is unweighted.
//   - A weight that is negative, NaN, infinite or beyond float32 is an error.
//
// Every error begins with the name of the file and names what is wrong:
//
//	cora.npz: adj_indices[17] = 2708, want 0 to 2707
//	edges.txt:3: weight "x" is not a number; --columns 1,2 leaves weights out
//
// Readers do not trust their input: a size that a file declares is used only as
// far as the length of the file supports it, and memory is linear in the content
// of the file.
package graphfile
