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
// In training μ and σ² are those of the nodes at hand, σ² over their number;
// otherwise they are the running ones, the frozen weights moving_mean (from
// 0) and moving_variance (from 1), which follow at every training step:
//
//	moving = momentum · moving + (1 − momentum) · that of the step
//
// A step without nodes leaves them as they are. Of several applications with
// the same weights in one graph (Scope.Reuse), the last one is followed.
//
// Modes: all; padding is 0 and takes no part. Shapes: X' is shaped as X, with
// sparse features made dense. A may be nil, and is passed on.
// Gradient: in training through μ and σ² as well; otherwise they are
// constants.
// As Keras's layer. PyG's has Eps 1e-5 and Momentum 0.9 (1 − 0.1), and
// divides the variance it keeps by n − 1.
// Source: Ioffe and Szegedy, Batch Normalization: Accelerating Deep Network
// Training by Reducing Internal Covariate Shift, ICML 2015, arXiv 1502.03167.
type BatchNorm struct {
	Eps      float64 // ε, at least 0; NewBatchNorm sets 1e-3
	Momentum float64 // in [0, 1]; NewBatchNorm sets 0.99
	Rescale
}

// NewBatchNorm is a BatchNorm with ε 1e-3 and momentum 0.99.
func NewBatchNorm() *BatchNorm { return &BatchNorm{Eps: 1e-3, Momentum: 0.99} }

// Apply implements Layer.
func (l *BatchNorm) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	sc = sc.Sub("batchnorm")
	y, err := l.apply(sc, in)
	if err != nil {
		return Output{}, fail(sc, err)
	}
	return Output{Graph: in.WithX(y)}, nil
}

func (l *BatchNorm) apply(sc *param.Scope, in modes.Graph) (*G.Node, error) {
	x, err := toNormalize(in, l.Eps)
	if err != nil {
		return nil, err
	}
	if !(l.Momentum >= 0 && l.Momentum <= 1) {
		return nil, unwanted("Momentum", l.Momentum, "[0, 1]")
	}
	f := in.X.Width()
	mean, err := sc.Param("moving_mean", param.Zeros{}, param.Spec{Frozen: true}, f)
	if err != nil {
		return nil, err
	}
	variance, err := sc.Param("moving_variance", param.Ones{}, param.Spec{Frozen: true}, f)
	if err != nil {
		return nil, err
	}
	all, err := allNodes(in)
	if err != nil {
		return nil, err
	}
	if !sc.Training() {
		return l.evaluate(sc, in, x, mean, variance, all)
	}
	if err := l.follow(sc, x, mean, variance, all); err != nil {
		return nil, err
	}
	y, err := ops.Standardize(x, all, ops.OverColumns, l.Eps)
	if err != nil {
		return nil, err
	}
	return l.rescale(sc, in, y)
}

// evaluate is x ⊙ s + (β − μ ⊙ s) with s = γ/√(σ² + ε).
func (l *BatchNorm) evaluate(sc *param.Scope, in modes.Graph, x, mean, variance *G.Node, all ops.Segments) (*G.Node, error) {
	f := in.X.Width()
	scale, err := ops.Affine(variance, 1, l.Eps)
	if err != nil {
		return nil, err
	}
	if scale, err = ops.InvSqrt(scale, 0); err != nil {
		return nil, err
	}
	if gamma, err := l.gamma(sc, f); err != nil {
		return nil, err
	} else if gamma != nil {
		if scale, err = ops.Hadamard(scale, gamma); err != nil {
			return nil, err
		}
	}
	shift, err := ops.Hadamard(mean, scale)
	if err != nil {
		return nil, err
	}
	if shift, err = ops.Affine(shift, -1, 0); err != nil {
		return nil, err
	}
	if beta, err := l.beta(sc, f); err != nil {
		return nil, err
	} else if beta != nil {
		if shift, err = G.Add(shift, beta); err != nil {
			return nil, err
		}
	}
	if scale, err = ops.Reshape(scale, 1, f); err != nil {
		return nil, err
	}
	if x, err = ops.SegmentScale(x, scale, all); err != nil {
		return nil, err
	}
	return l.finish(sc, in, x, shift)
}

// follow makes the running statistics follow those of x.
func (l *BatchNorm) follow(sc *param.Scope, x, mean, variance *G.Node, all ops.Segments) error {
	f := mean.Shape()[0]
	rows := x.Shape().TotalSize() / f
	count, err := ops.SegmentCount(all, x, rows)
	if err != nil {
		return err
	}
	if count, err = ops.NonZero(count); err != nil {
		return err
	}
	if count, err = ops.Affine(count, 1-l.Momentum, 0); err != nil {
		return err
	}
	now, err := ops.SegmentMean(x, all)
	if err != nil {
		return err
	}
	square, err := centered(x, now, all)
	if err != nil {
		return err
	}
	if square, err = ops.Hadamard(square, square); err != nil {
		return err
	}
	if square, err = ops.SegmentMean(square, all); err != nil {
		return err
	}
	if err := approach(sc, mean, now, count); err != nil {
		return err
	}
	return approach(sc, variance, square, count)
}

// centered is x less the mean of each column, as rows; padding is not 0.
func centered(x, mean *G.Node, all ops.Segments) (*G.Node, error) {
	f := mean.Shape()[1]
	x, err := ops.Reshape(x, x.Shape().TotalSize()/f, f)
	if err != nil {
		return nil, err
	}
	shift, err := ops.Spread(mean, all, x.Shape()[0])
	if err != nil {
		return nil, err
	}
	return G.Sub(x, shift)
}

// approach moves a weight by a share of the way to a value of shape 1×F.
func approach(sc *param.Scope, weight, to, share *G.Node) error {
	f := weight.Shape()[0]
	from, err := ops.Reshape(weight, 1, f)
	if err != nil {
		return err
	}
	way, err := G.Sub(to, from)
	if err != nil {
		return err
	}
	if way, err = ops.RowScale(way, share); err != nil {
		return err
	}
	if way, err = G.Add(from, way); err != nil {
		return err
	}
	return sc.AddUpdate(weight, way)
}
