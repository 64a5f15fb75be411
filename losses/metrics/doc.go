// Package metrics measures clusterings on the host: how well clusters fit a
// graph (modularity, conductance), how well they agree with labels (NMI, ARI,
// accuracy, pair F1), and how many clusters are used.
//
// A clustering is a slice with one number per node. Only the equality of numbers
// matters, and numbers may have gaps. [Unassigned] (−1) marks a node without a
// cluster or without a label. Such nodes and their edges are left out of every
// metric. A number below −1 is an error.
//
// All sums are computed in float64 (counts in int64), in a fixed order, with
// time and memory linear in nodes and edges; [Accuracy] also needs a matrix of
// used clusters by used labels. A value that is not defined (0/0) is NaN with a
// nil error. An error means that the arguments do not fit together.
package metrics
