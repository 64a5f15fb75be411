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
// whose class is not known.
// Range: [0, ∞); log C where all classes get equal shares. No logit overflows.
//
// Shapes: logits rows×C of rank 2 to 4, labels of dtype Int, one per row; the
// result is a scalar, 0 where no row has a label. No graph is read.
// Gradient: to the logits, (softmax(z_i) − onehot(l))/n, n the number of rows
// that have a label.
// Errors, when run: a label outside [−1, C).
// Source: Bishop, Pattern Recognition and Machine Learning, 2006, eq. 4.108.
// PyTorch's cross_entropy with ignore_index −1 is the same, but NaN where no
// row has a label.
func CrossEntropy(logits, labels *G.Node) (*G.Node, error) {
	return build(NameCrossEntropy, func() *G.Node {
		if logits == nil || labels == nil {
			return must[*G.Node](nil, errors.New("the logits or the labels are nil, want a node each"))
		}
		rows := must(ops.CrossEntropy(logits, labels))
		known := must(ops.IDMask(labels, logits, rows.Shape()...))
		return must(ops.MeanWhere(rows, known))
	})
}
