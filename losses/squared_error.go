package losses

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// NameSquaredError is the name of SquaredError.
const NameSquaredError = "squared_error"

// SquaredError is the mean of the squared differences (MSE) of predictions and
// targets:
//
//	L = mean_it (x_it − y_it)²
//
// The mean is over the values that count: see where of BinaryCrossEntropy.
// Range: [0, ∞).
//
// Shapes: predictions and targets rows×T, or a vector each; the result is a
// scalar, 0 where nothing counts.
// Gradient: to the predictions, 2(x − y)/n, n the values that count.
// Source: Bishop, Pattern Recognition and Machine Learning, 2006, section 1.5.5.
func SquaredError(predictions, targets, where *G.Node) (*G.Node, error) {
	return build(NameSquaredError, func() *G.Node {
		checkPredictions(predictions, targets)
		c := countOf(predictions, where)
		d := must(G.Sub(c.only(predictions), c.only(targets)))
		return c.mean(must(ops.Hadamard(d, d)))
	})
}
