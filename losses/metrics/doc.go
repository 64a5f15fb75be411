// Package metrics measures clusterings on the host: how well clusters fit a
// graph (modularity, conductance), how well they agree with labels (NMI, ARI,
// accuracy, pair F1), and how many of them are in use.
//
// A clustering is a slice with one number a node. Numbers need not be dense:
// only equality counts. The number [Unassigned] (−1) marks a node without a cluster
// or without a label; such nodes are left out, together with every edge that
// touches them and from the comparison with labels. A number below −1 is an
// error.
//
// All sums are made in float64 (counts in int64), in a fixed order, in time
// and memory linear in nodes and edges; only [Accuracy] adds a matrix of used
// clusters by used labels. A value that is undefined (a ratio of 0 to 0) is
// NaN with a nil error; an error means that the arguments do not fit together.
package metrics
