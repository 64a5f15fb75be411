package layers

import (
	"errors"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// The functions below are what the global pools have in common, which make
// one node out of each graph.

// global applies a global pool: reduce gives Graphs×F features.
func global(name string, sc *param.Scope, in modes.Graph, t Trainable, reduce func(sc *param.Scope) (*G.Node, error)) (Output, error) {
	sc = sc.Sub(name)
	if err := in.Check(); err != nil {
		return Output{}, fail(sc, err)
	}
	if t.ActivationFunc != nil {
		return Output{}, fail(sc, errors.New("ActivationFunc is set, want none: the layer has no activation"))
	}
	x, err := reduce(sc)
	if err != nil {
		return Output{}, fail(sc, err)
	}
	out, err := oneNode(in, x)
	if err == nil {
		err = t.regularize(sc, x)
	}
	if err != nil {
		return Output{}, fail(sc, err)
	}
	return Output{Graph: out}, nil
}

// oneNode is graphs of one node each, with features x, Graphs×F: single mode
// stays single, every other becomes disjoint. Graphs without nodes are
// padding. There is no adjacency.
func oneNode(in modes.Graph, x *G.Node) (modes.Graph, error) {
	out := modes.Graph{Mode: modes.Disjoint, Graphs: in.Graphs, X: modes.Features{Dense: x}}
	if in.Mode == modes.Single {
		out.Mode = modes.Single
	}
	var err error
	if in.IDs != nil {
		out.IDs, err = ops.SlotIDs(in.IDs, in.Graphs, 1)
	}
	return out, err
}

// weightedSum is Σ_i w_i X_i of each graph, Graphs×F, for w of one column and
// X's rows. Sparse features are multiplied as they are, unless there are more
// graphs than features: then X as a dense tensor is the smaller one.
func weightedSum(in modes.Graph, w *G.Node) (*G.Node, error) {
	f := in.X.Width()
	if in.X.Sparse == nil || in.IDs == nil || in.Graphs > f {
		x, err := in.X.TransMul(w, in.Segments())
		if err != nil {
			return nil, err
		}
		return ops.Reshape(x, in.Graphs, f)
	}
	// One column a graph, with w in the rows of its nodes.
	eye, err := identity(w, in.Graphs)
	if err != nil {
		return nil, err
	}
	member, err := ops.Spread(eye, in.Segments(), in.Rows())
	if err != nil {
		return nil, err
	}
	if member, err = ops.RowScale(member, w); err != nil {
		return nil, err
	}
	x, err := in.X.TransMul(member, ops.OneSegment())
	if err != nil {
		return nil, err
	}
	return ops.Reshape(x, in.Graphs, f)
}

// identity is the identity matrix of n rows, of the dtype of like.
func identity(like *G.Node, n int) (*G.Node, error) {
	zero, err := ops.Full(like, 0, n, n)
	if err != nil {
		return nil, err
	}
	return ops.AddDiagonal(zero, 1)
}

// GlobalLift gives every node the features of its graph, the way back from a
// global pool: x, Graphs×F, becomes features of in's nodes; padding gets 0.
//
// Shapes: the result is N×F, or B×N×F in batch and mixed mode.
// Gradient: to x, the sum over each graph's nodes.
func GlobalLift(in modes.Graph, x *G.Node) (*G.Node, error) {
	y, err := ops.Spread(x, in.Segments(), in.Rows())
	if err != nil || !padded(in.Mode) {
		return y, err
	}
	return ops.Reshape(y, in.Graphs, in.RowsPerGraph(), x.Shape()[1])
}
