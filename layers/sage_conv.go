package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// SAGEConv is a graph convolution on the mean of a node's neighbours:
//
//	x'_i = a(x_i·W_root + mean_j x_j·W + b)
//
// With Normalize each row is then divided by its Euclidean norm. It is
// GraphConv with another aggregation. The paper multiplies the concatenation
// [x_i ‖ mean_j x_j] by one matrix, which is the same.
//
// Modes: all. Shapes: X' has X's rows and Units columns. A is passed on as it
// came. A node without neighbours has a mean of 0. Normalize leaves a row of
// zeros as it is.
// Gradient: to X, the weights, and unless Unweighted is set to the edge
// weights of A.
//
// As PyG's layer with ToColumns. Spektral's sets Normalize.
// Source: Hamilton, Ying, Leskovec, Inductive Representation Learning on Large
// Graphs, NeurIPS 2017, arXiv 1706.02216.
type SAGEConv struct {
	GraphConv
	Normalize bool // rows of Euclidean norm 1
	made
}

// NewSAGEConv is a SAGEConv of so many units that does not read edge weights.
func NewSAGEConv(units int) *SAGEConv {
	l := &SAGEConv{GraphConv: *NewGraphConv(units), made: byNew()}
	l.Neighbours = Neighbours{Aggregation: Mean, Unweighted: true}
	return l
}

// Class implements Classed.
func (*SAGEConv) Class() string { return "sageconv" }

// Apply implements Layer.
func (l *SAGEConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		y := l.features(sc, in)
		if l.Normalize {
			y = must(ops.Divide(y, must(ops.Norm(y, y.Dims()-1))))
		}
		return l.regularized(sc, y)
	})
}
