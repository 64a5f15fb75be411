// Package graphfile reads graphs from files and writes them: npz files, edge
// lists, Matrix Market, METIS, GraphML, GEXF, GML, Pajek, DOT and node-link JSON.
// It also reads Planetoid's text layout, folders of the Open Graph Benchmark, and
// data sets of many graphs as the TU collection lays them out. docs/files.md has
// a table of the formats and what becomes of what they hold.
//
// Whatever the file holds, a [Graph] is undirected, with both directions of
// every edge stored, columns ascending, no self loops and no duplicates. What
// was changed on the way is said in Graph.Changes, with counts.
//
// How entries become edges:
//
//   - A self loop is dropped, and so is an entry of weight 0.
//   - Without weights: duplicates and the two directions collapse to one edge.
//   - With weights, also where all are 1: duplicates of one direction are
//     summed; then the edge gets the mean of its two directions, or the value of
//     the only one there is.
//   - If all edges then weigh exactly 1, the graph is unweighted.
//   - A weight that is negative, NaN, infinite or beyond float32 is an error.
//
// Every error begins with the name of the file and names what is wrong there:
//
//	cora.npz: adj_indices[17] = 2708, want 0 to 2707
//	edges.txt:3: weight "x" is not a number; --columns 1,2 leaves weights out
//
// Readers trust nothing: sizes that a file declares are believed only as far
// as the file's own length can back them, and memory is linear in the file's
// content.
package graphfile
