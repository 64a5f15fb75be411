package losses

import (
	"errors"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// NameCrossEntropy is the name of CrossEntropy.
const NameCrossEntropy = "cross_entropy"

// CrossEntropy is how far the softmax of logits is from the classes that
// labels name, in nats:
//
//	L = mean_i ( log Σ_c exp(z_ic) − z_il ),  l the label of i
//
// The mean is over all rows that have a label. A row is a graph, after a
// global pool, or a node. Unlike the other losses this one is not averaged
// over each graph first. A row with label −1 is left out: padding, and nodes
// whose class is not known. So is a row with id −1: ids is IDs of the graph
// that the logits are X of, and tells which rows hold a graph or a node, so
// that Go's 0 at an empty place is no class. Nil: every row counts. Labels and
// logits of rows that are left out may be anything.
// Range: [0, ∞); log C where all classes get equal shares. No logit overflows.
//
// Shapes: logits rows×C of rank 2 to 4, labels and ids of dtype Int, one
// per row; the
// result is a scalar, 0 where no row has a label. No graph is read.
// Gradient: to the logits, (softmax(z_i) − onehot(l))/n, n the number of rows
// that have a label.
// Errors, when run: a label outside [−1, C) of a row that counts.
// Source: Bishop, Pattern Recognition and Machine Learning, 2006, eq. 4.108.
// PyTorch's cross_entropy with ignore_index −1 is the same, but NaN where no
// row has a label.
func CrossEntropy(logits, labels, ids *G.Node) (*G.Node, error) {
	return build(NameCrossEntropy, func() *G.Node {
		if logits == nil || labels == nil {
			return must[*G.Node](nil, errors.New("the logits or the labels are nil, want a node each"))
		}
		if ids != nil {
			labels = must(ops.MaskIDs(labels, must(ops.IDMask(ids, logits, rowsOf(logits)))))
		}
		rows := must(ops.CrossEntropy(logits, labels))
		return must(ops.MeanWhere(rows, must(ops.IDMask(labels, logits, rows.Shape()...))))
	})
}
