package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// The functions below are what the global pools have in common, which make
// one node out of each graph.

// global is the Apply of a global pool: reduce gives Graphs×F features.
func global(l Classed, sc *param.Scope, in modes.Graph, reduce func(sc *param.Scope) *G.Node) (Output, error) {
	return apply(l, sc, in, func(sc *param.Scope) Output {
		ensure(in.Check())
		x := reduce(sc)
		return Output{Graph: oneNode(in).WithX(x)}
	})
}

// oneNode is graphs of one node each, without features: single mode stays
// single, every other becomes disjoint. Graphs without nodes are padding.
// There is no adjacency.
func oneNode(in modes.Graph) modes.Graph {
	out := modes.Graph{Mode: modes.Disjoint, Graphs: in.Graphs}
	if in.Mode == modes.Single {
		out.Mode = modes.Single
	}
	if in.IDs != nil {
		out.IDs = must(ops.SlotIDs(in.IDs, in.Graphs, 1))
	}
	return out
}

// weightedSum is Σ_i w_i X_i of each graph, Graphs×F, for w of one column and
// X's rows. Sparse features are multiplied as they are, unless there are more
// graphs than features: then X as a dense tensor is the smaller one.
func weightedSum(in modes.Graph, w *G.Node) *G.Node {
	f := in.X.Width()
	if in.X.Sparse == nil || in.IDs == nil || in.Graphs > f {
		return must(ops.Reshape(must(in.X.TransMul(w, in.Segments())), in.Graphs, f))
	}
	// One column a graph, with w in the rows of its nodes.
	member := must(ops.Spread(identity(w, in.Graphs), in.Segments(), in.Rows()))
	member = must(ops.RowScale(member, w))
	return must(ops.Reshape(must(in.X.TransMul(member, ops.OneSegment())), in.Graphs, f))
}

// identity is the identity matrix of n rows, of the dtype of like.
func identity(like *G.Node, n int) *G.Node {
	return must(ops.AddDiagonal(must(ops.Full(like, 0, n, n)), 1))
}

// GlobalLift gives every node the features of its graph, the way back from a
// global pool: x, Graphs×F, becomes features of in's nodes; padding gets 0.
//
// Shapes: the result is N×F, or B×N×F in batch and mixed mode.
// Gradient: to x, the sum over each graph's nodes.
func GlobalLift(in modes.Graph, x *G.Node) (*G.Node, error) {
	return build(func() *G.Node {
		return byGraph(in, must(ops.Spread(x, in.Segments(), in.Rows())))
	})
}

// byGraph is a tensor of all graphs' rows with an axis of graphs before that
// of rows, in the modes that have one.
func byGraph(in modes.Graph, y *G.Node) *G.Node {
	if !in.Mode.Padded() {
		return y
	}
	shape := append([]int{in.Graphs, y.Shape()[0] / in.Graphs}, y.Shape()[1:]...)
	return must(ops.Reshape(y, shape...))
}

// matrixOf is a matrix of 1 where at says so and 0 elsewhere, as a constant of
// the graph and dtype of like. Constants of one name are one: name says what it
// is of.
func matrixOf(like *G.Node, name string, rows, cols int, at func(i, j int) bool) *G.Node {
	value := tensor.New(tensor.Of(like.Dtype()), tensor.WithShape(rows, cols))
	for i := range rows {
		for j := range cols {
			if at(i, j) {
				switch x := value.Data().(type) {
				case []float64:
					x[i*cols+j] = 1
				case []float32:
					x[i*cols+j] = 1
				}
			}
		}
	}
	return G.NewConstant(value, G.In(like.Graph()), G.WithName(fmt.Sprintf("layers: %s %d×%d %v", name, rows, cols, like.Dtype())))
}
