// Package refine improves hard clusters by Newman's modularity
//
//	Q = Σ_c [ t_c/2m − (v_c/2m)² ]
//
// as package metrics measures it, by moving nodes, or groups of nodes, between
// clusters. It also has Louvain's method, as a reference, and functions that
// make clusters connected.
//
// It belongs to the losses because it improves the same objective as
// losses.Modularity, but on the host and on hard clusters, after training has
// done so on soft ones.
//
// Every function takes an undirected graph with both directions of each edge
// stored. Time and memory of each pass are linear in nodes and edges. The same
// seed gives the same clusters with any number of threads: MultiLevel uses
// several threads to form groups, everything else uses one. Arguments are not
// changed. All functions return an error if the graph is malformed or clusters
// do not fit it.
package refine
