package losses

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// NameAbsoluteError is the name of AbsoluteError.
const NameAbsoluteError = "absolute_error"

// AbsoluteError is the mean of the absolute differences (MAE) of predictions
// and targets:
//
//	L = mean_it |x_it − y_it|
//
// The mean is over the values that count: see where of BinaryCrossEntropy.
// Range: [0, ∞).
//
// Shapes: predictions and targets rows×T, or a vector each; the result is a
// scalar, 0 where nothing counts.
// Gradient: to the predictions, sign(x − y)/n, n the values that count; 1/n
// where they are equal.
// Source: Bishop, Pattern Recognition and Machine Learning, 2006, section 1.5.5.
func AbsoluteError(predictions, targets, where *G.Node) (*G.Node, error) {
	return build(NameAbsoluteError, func() *G.Node {
		checkPredictions(predictions, targets)
		c := countOf(predictions, where)
		d := must(G.Sub(c.only(predictions), c.only(targets)))
		return c.mean(must(ops.AsymAbs(d, 1)))
	})
}
