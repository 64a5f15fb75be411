package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// SAGEConv is a graph convolution on the mean of a node's neighbours:
//
//	x'_i = a(x_i·W_root + (Σ_j a_ij x_j / Σ_j a_ij)·W + b)
//
// It is GraphConv with another aggregation: without weights the mean over the
// neighbours, and with them, as behind a soft pooler, whose A' has an edge
// between any two clusters, the mean by weight. Other aggregations, and a mean
// that ignores weights, are those of Neighbours. With Project the neighbours
// send relu(x_j·P + p) in place of x_j, weights proj_kernel and proj_bias: with
// the aggregation max this is the paper's pooling aggregator. With Normalize
// each row of the result is divided by its Euclidean norm. The paper multiplies
// the concatenation [x_i ‖ mean_j x_j] by one matrix, which is the same.
//
// Modes: all. Shapes: X' has X's rows and Units columns. A is passed on as it
// came. A node without neighbours, or with weights that add up to 0, has a mean
// of 0. Normalize leaves a row of zeros as it is.
// Gradient: to X, the weights, and unless Unweighted is set to the edge
// weights of A.
//
// As PyG's layer with ToColumns, Unweighted and the aggregation mean; behind a
// soft pooler that gives the same output for any A'. Spektral's sets Normalize.
// Source: Hamilton, Ying, Leskovec, Inductive Representation Learning on Large
// Graphs, NeurIPS 2017, arXiv 1706.02216.
type SAGEConv struct {
	GraphConv
	Project   bool // relu(x_j·P + p) in place of x_j
	Normalize bool // rows of Euclidean norm 1
	made
}

// NewSAGEConv is a SAGEConv of so many units on the mean by edge weight.
func NewSAGEConv(units int) *SAGEConv {
	l := &SAGEConv{GraphConv: *NewGraphConv(units), made: byNew()}
	l.Neighbours = Neighbours{Aggregation: WeightedMean}
	return l
}

// Class implements Classed.
func (*SAGEConv) Class() string { return "sageconv" }

// Apply implements Layer.
func (l *SAGEConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		l.checkOptions(in)
		y := l.features(sc, in, l.sent(sc, in))
		if l.Normalize {
			y = must(ops.Divide(y, must(ops.Norm(y, y.Dims()-1))))
		}
		return l.regularized(sc, y)
	})
}

// sent is what the neighbours send.
func (l *SAGEConv) sent(sc *param.Scope, in modes.Graph) modes.Features {
	if !l.Project {
		return in.X
	}
	f := in.X.Width()
	w := l.kernel(sc, "proj_kernel", f, f)
	return modes.Features{Dense: must(in.X.Linear(w, l.bias(sc, "proj_bias", f), ops.ReLU))}
}
