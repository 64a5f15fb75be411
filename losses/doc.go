// Package losses provides the losses of graph pooling and graph clustering, which
// need no labels. Each loss is a scalar node of an expression graph, so Gorgonia
// can differentiate it, and one formula serves sparse and dense adjacencies in
// every mode. Where a loss names PyG (PyTorch Geometric), tgp
// (torch-geometric-pool) or Spektral, it compares itself with these Python
// libraries.
//
// The package also has supervised losses, which need labels or target values and
// read no graph: CrossEntropy for classifiers, ClassCrossEntropy with class
// weights (ClassWeights balances classes), smoothed labels and unknown labels,
// BinaryCrossEntropy, SquaredError and AbsoluteError.
//
// # Conventions
//
// S is the soft assignment of nodes to clusters: one row per node, one column
// per cluster, in the shape of the graph's rows. Rows of padding have no effect.
// A is the adjacency of the graph, not normalised. d_i is the sum of row i of A,
// and 2m is the sum of all d_i.
//
// A loss is computed for each graph, and the result is the mean over the graphs
// that have nodes. So the loss of a batch is the mean of the losses of its
// graphs, whatever their sizes. It is 0 if no graph has nodes.
package losses
