// Package losses holds the unsupervised objectives of graph pooling and
// clustering as scalar nodes of an expression graph, so that gradients come
// for free, and one body serves sparse and dense adjacencies in every mode.
// CrossEntropy is the objective of classifiers, and reads no graph.
//
// # Conventions
//
// S is the soft assignment of nodes to clusters, one row a node and one
// column a cluster, in the shape of the graph's rows; rows of padding take
// part in nothing. A is the raw adjacency of the graph given, not a
// normalised one; d_i is the sum of its row i, and 2m the sum of all d_i.
//
// Each loss is computed for every graph and averaged over the graphs that
// have nodes. A graph without nodes is left out of the mean; if none is left
// the loss is 0. So the loss of a batch is the mean of the losses of its
// graphs, whatever their sizes.
package losses
