package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// BatchNorm brings each column of the features to mean 0 and variance 1 over
// all nodes of all graphs:
//
//	y = (x − μ) / √(σ² + ε) ⊙ γ + β
//
// In training μ and σ² are the mean and the variance of the nodes of this
// step; the variance divides by their number. Otherwise they are running
// averages: the frozen weights moving_mean, which starts at 0, and
// moving_variance, which starts at 1. Every training step changes them:
//
//	moving = momentum · moving + (1 − momentum) · value of the step
//
// A step without nodes does not change them. If one graph uses the same weights
// several times (Scope.Reuse), the last use changes them.
//
// Modes: all; padding is 0 and takes no part. Shapes: X' has the shape of X.
// Sparse features are made dense. A may be nil, and is passed on.
// Gradient: in training through μ and σ² as well; otherwise they are
// constants.
// As Keras's layer. PyG's has Eps 1e-5 and Momentum 0.9 (1 − 0.1), and its
// running variance divides by n − 1.
// Source: Ioffe and Szegedy, Batch Normalization: Accelerating Deep Network
// Training by Reducing Internal Covariate Shift, ICML 2015, arXiv 1502.03167.
type BatchNorm struct {
	Eps      float64 // ε, at least 0; NewBatchNorm sets 1e-3
	Momentum float64 // in [0, 1]; NewBatchNorm sets 0.99
	Rescale
	made
}

// NewBatchNorm is a BatchNorm with ε 1e-3 and momentum 0.99.
func NewBatchNorm() *BatchNorm { return &BatchNorm{Eps: 1e-3, Momentum: 0.99, made: byNew()} }

// Class implements Classed.
func (*BatchNorm) Class() string { return "batchnorm" }

// Apply implements Layer.
func (l *BatchNorm) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node { return l.features(sc, in) })
}

func (l *BatchNorm) features(sc *param.Scope, in modes.Graph) *G.Node {
	x := toNormalize(in, l.Eps)
	if !(l.Momentum >= 0 && l.Momentum <= 1) {
		ensure(unwanted("Momentum", l.Momentum, "[0, 1]"))
	}
	f := in.X.Width()
	mean := must(sc.Param("moving_mean", param.Zeros{}, param.Spec{Frozen: true}, f))
	variance := must(sc.Param("moving_variance", param.Ones{}, param.Spec{Frozen: true}, f))
	all := allNodes(in)
	if !sc.Training() {
		return l.evaluate(sc, in, x, mean, variance, all)
	}
	l.follow(sc, x, mean, variance, all)
	return l.rescale(sc, in, must(ops.Standardize(x, all, ops.OverColumns, l.Eps)))
}

// evaluate is x ⊙ s + (β − μ ⊙ s) with s = γ/√(σ² + ε).
func (l *BatchNorm) evaluate(sc *param.Scope, in modes.Graph, x, mean, variance *G.Node, all ops.Segments) *G.Node {
	f := in.X.Width()
	scale := must(ops.InvSqrt(must(ops.Affine(variance, 1, l.Eps)), 0))
	if gamma := l.gamma(sc, f); gamma != nil {
		scale = must(ops.Hadamard(scale, gamma))
	}
	shift := must(ops.Affine(must(ops.Hadamard(mean, scale)), -1, 0))
	if beta := l.beta(sc, f); beta != nil {
		shift = must(G.Add(shift, beta))
	}
	scale = must(ops.Reshape(scale, 1, f))
	return l.finish(sc, in, must(ops.SegmentScale(x, scale, all)), shift)
}

// follow makes the running statistics follow those of x, by the share 1 −
// momentum; by 0 where there are no nodes.
func (l *BatchNorm) follow(sc *param.Scope, x, mean, variance *G.Node, all ops.Segments) {
	rows := x.Shape().TotalSize() / mean.Shape()[0]
	some := must(ops.NonZero(must(ops.SegmentCount(all, x, rows))))
	share := must(ops.Affine(some, 1-l.Momentum, 0))
	now := must(ops.SegmentMean(x, all))
	c := centered(x, now, all)
	square := must(ops.SegmentMean(must(ops.Hadamard(c, c)), all))
	approach(sc, mean, now, share)
	approach(sc, variance, square, share)
}

// centered is x less the mean of each column, as rows; padding is not 0.
func centered(x, mean *G.Node, all ops.Segments) *G.Node {
	f := mean.Shape()[1]
	x = must(ops.Reshape(x, x.Shape().TotalSize()/f, f))
	return must(G.Sub(x, must(ops.Spread(mean, all, x.Shape()[0]))))
}

// approach moves a weight by a share of the way to a value of shape 1×F.
func approach(sc *param.Scope, weight, to, share *G.Node) {
	from := must(ops.Reshape(weight, 1, weight.Shape()[0]))
	step := must(ops.RowScale(must(G.Sub(to, from)), share))
	ensure(sc.AddUpdate(weight, must(G.Add(from, step))))
}
