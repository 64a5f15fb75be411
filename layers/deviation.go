package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// leastVariance is the variance up to which a deviation counts as 0, with
// gradient 0, as in PyG.
const leastVariance = 1e-5

// variance is the mean of the squared distances to the mean of the rows of each
// segment, by column. The mean of the squares less the square of the mean would
// lose the digits of rows that are far from 0.
func variance(x *G.Node, s ops.Segments) *G.Node {
	mean := must(ops.Spread(must(ops.SegmentMean(x, s)), s, x.Shape()[0]))
	gap := must(G.Sub(x, mean))
	return must(ops.SegmentMean(must(ops.Hadamard(gap, gap)), s))
}

// deviation is the standard deviation of the rows of each segment, by column.
func deviation(x *G.Node, s ops.Segments) *G.Node {
	v := variance(x, s)
	above := must(ops.NonZero(must(ops.Activate(must(ops.Affine(v, 1, -leastVariance)), ops.ReLU))))
	return must(ops.Sqrt(must(ops.Hadamard(v, above))))
}
