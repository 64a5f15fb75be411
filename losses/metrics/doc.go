// Package metrics measures clusterings on the host: how well clusters fit a
// graph (modularity, conductance), how well they agree with labels (NMI, ARI,
// accuracy, pair F1), and how many of them are in use.
//
// A clustering is a slice with one number per node. The numbers may have gaps:
// all that counts is which nodes have equal ones. The number [Unassigned] (−1)
// marks a node without a cluster or without a label. Such nodes are left out of
// every metric, and so are their edges. A number below −1 is an error.
//
// All sums are made in float64 (counts in int64), in a fixed order, in time
// and memory linear in nodes and edges; only [Accuracy] needs a matrix of used
// clusters by used labels as well. A value that is not defined (0/0) is NaN with
// a nil error. An error means that the arguments do not fit together.
package metrics
