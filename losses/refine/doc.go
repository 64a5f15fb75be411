// Package refine improves hard clusters by Newman's modularity
//
//	Q = Σ_c [ t_c/2m − (v_c/2m)² ]
//
// as package metrics measures it: by moving nodes, or whole groups of nodes,
// from cluster to cluster. It has Louvain's method too, as a reference, and
// what keeps clusters connected.
//
// It stands beside the losses because it lowers the same objective as
// losses.Modularity, on the host and on hard clusters, after a training has
// done so on soft ones.
//
// Every function takes an undirected graph with both directions of each edge
// stored, in time and memory linear in nodes and edges for each pass. The same
// seed gives the same clusters at any number of threads: MultiLevel takes
// several where it forms groups, the rest takes one. The slices given are not
// changed. All err where the graph is malformed or clusters do not fit it.
package refine
