package layers

import (
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// SAGEConv is a graph convolution on the mean of a node's neighbours:
//
//	x'_i = a(x_i·W_root + mean_j x_j·W + b)
//
// then, with Normalize, each row over its Euclidean norm. It is GraphConv
// with another aggregation; the concatenation [x_i ‖ mean_j x_j] of the paper
// times one matrix is the same sum.
//
// Modes: all. Shapes: X' has X's rows and Units columns. A is passed on as it
// came. A node without neighbours has a mean of 0; a row of zeros stays so
// under Normalize. Gradient: to X, the weights, and to the edge weights of A
// unless they are left out.
//
// As PyG's layer with ToColumns. Spektral's sets Normalize.
// Source: Hamilton, Ying, Leskovec, Inductive Representation Learning on
// Large Graphs, NeurIPS 2017, arXiv 1706.02216.
type SAGEConv struct {
	GraphConv
	Normalize bool // rows of Euclidean norm 1
}

// NewSAGEConv is a SAGEConv of so many units that does not read edge weights.
func NewSAGEConv(units int) *SAGEConv {
	return &SAGEConv{GraphConv: GraphConv{Units: units, Neighbours: Neighbours{Aggregation: Mean, Unweighted: true}}}
}

// Apply implements Layer.
func (l *SAGEConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	sc = sc.Sub("sageconv")
	y, err := l.apply(sc, in)
	if err != nil {
		return Output{}, fail(sc, err)
	}
	if l.Normalize {
		norm, err := ops.Norm(y, y.Dims()-1)
		if err != nil {
			return Output{}, fail(sc, err)
		}
		if y, err = ops.Divide(y, norm); err != nil {
			return Output{}, fail(sc, err)
		}
	}
	if err = l.regularize(sc, y); err != nil {
		return Output{}, fail(sc, err)
	}
	return Output{Graph: in.WithX(y)}, nil
}
