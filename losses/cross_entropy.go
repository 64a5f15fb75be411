package losses

import (
	"errors"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// CrossEntropy is how far the softmax of logits is from the classes that
// labels name, in nats:
//
//	L = mean_i ( log Σ_c exp(z_ic) − z_il ),  l the label of i
//
// over all rows that have a label. A row is a graph behind a global pool, or a
// node; unlike the other losses this one is not averaged over each graph
// first. A row of label −1 counts for nothing, so padding graphs and nodes
// without a known class get that.
// Range: [0, ∞), log C where all classes get equal shares; no logit overflows.
//
// Shapes: logits rows×C of rank 2 to 4, labels of dtype Int, one a row; the
// result is a scalar, 0 where no row has a label.
// Gradient: to the logits, (softmax(z_i) − onehot(l))/n, n the rows that have
// a label.
// Errors, when run: a label outside [−1, C).
func CrossEntropy(logits, labels *G.Node) (*G.Node, error) {
	n, err := crossEntropy(logits, labels)
	return wrap(NameCrossEntropy, n, err)
}

func crossEntropy(logits, labels *G.Node) (*G.Node, error) {
	if logits == nil || labels == nil {
		return nil, errors.New("the logits or the labels are nil, want a node each")
	}
	rows, err := ops.CrossEntropy(logits, labels)
	if err != nil {
		return nil, err
	}
	known, err := ops.IDMask(labels, logits, rows.Shape()...)
	if err != nil {
		return nil, err
	}
	return ops.MeanWhere(rows, known)
}
