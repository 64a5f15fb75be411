package losses

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// NameBinaryCrossEntropy is the name of BinaryCrossEntropy.
const NameBinaryCrossEntropy = "binary_cross_entropy"

// BinaryCrossEntropy is how far the sigmoids of logits are from targets of 0
// and 1, in nats: one column for two classes, several for labels of which a row
// may have any number (multi-label):
//
//	L = mean_it ( p_t y_it log(1 + exp(−z_it)) + (1 − y_it) log(1 + exp(z_it)) )
//
// The mean is over the values that count. where says which do: nil, all; one
// number a row, as in ClassCrossEntropy; or floats in the shape of the targets
// (Known of a loader's input), where 0 does not count. Logits and targets that do
// not count may be anything, NaN too. positive is the weights
// p_t of each column's targets of 1, nil for 1. Targets between 0 and 1 are
// shares.
// Range: [0, ∞) for targets in [0, 1]; log 2 for logits of 0 and p = 1.
//
// Shapes: logits and targets rows×T, or a vector each; the result is a scalar,
// 0 where nothing counts. No logit overflows.
// Gradient: to the logits, (sigmoid(z) − y)/n for p = 1, n the values that count.
// Errors: weights out of range.
// Source: Bishop, Pattern Recognition and Machine Learning, 2006, eq. 4.90. As
// PyTorch's binary_cross_entropy_with_logits with pos_weight.
func BinaryCrossEntropy(logits, targets, where *G.Node, positive []float64) (*G.Node, error) {
	return build(NameBinaryCrossEntropy, func() *G.Node {
		checkPredictions(logits, targets)
		if positive != nil {
			if logits.Dims() != 2 {
				return must[*G.Node](nil, errors.New("positive with a vector of logits, want a matrix"))
			}
			if err := checkWeights("positive", positive, logits.Shape()[1]); err != nil {
				return must[*G.Node](nil, err)
			}
		}
		c := countOf(logits, where)
		logits, targets := c.only(logits), c.only(targets)
		shape := logits.Shape().Clone()
		n := shape.TotalSize()
		z := must(ops.Reshape(logits, n))
		two := must(ops.Columns(must(ops.Full(z, 0, n)), z)) // the logits of no and yes
		no := must(ops.Reshape(must(ops.CrossEntropy(two, sameLabels(z, n, 0))), shape...))
		yes := must(ops.Reshape(must(ops.CrossEntropy(two, sameLabels(z, n, 1))), shape...))
		if positive != nil {
			yes = must(ops.LastScale(yes, constantOf(z, positive, len(positive))))
		}
		ofOnes := must(ops.Hadamard(targets, yes))
		ofZeros := must(ops.Hadamard(must(ops.Affine(targets, -1, 1)), no))
		return c.mean(must(G.Add(ofOnes, ofZeros)))
	})
}

// checkPredictions ends the formula unless there are targets of the shape of
// what is predicted.
func checkPredictions(x, targets *G.Node) {
	var err error
	switch {
	case x == nil || targets == nil:
		err = errors.New("the predictions or the targets are nil, want a node each")
	case x.Dims() < 1 || x.Dims() > 2:
		err = fmt.Errorf("the predictions have shape %v, want a vector or rows×T", x.Shape())
	case !x.Shape().Eq(targets.Shape()) || x.Dtype() != targets.Dtype():
		err = fmt.Errorf("predictions %v%v and targets %v%v, want one shape and dtype", x.Dtype(), x.Shape(), targets.Dtype(), targets.Shape())
	}
	must(x, err)
}
