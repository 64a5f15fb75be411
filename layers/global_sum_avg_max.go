package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// GlobalSumPool is the sum of each graph's node features:
//
//	X' = Σ_i X_i
//
// Modes: all. Shapes: X' 1×F (single), B×F (disjoint, batch, mixed). The result
// is graphs of one node each, without adjacency, in single mode if the input
// is and in disjoint mode otherwise. Padding takes no part. A graph without
// nodes gives 0, and is padding in the result. Sparse features are not made
// dense, unless there are more graphs than features.
// Gradient: to X, that of its graph's row. GlobalLift is the way back.
// As Spektral's layer, which reads no mask in batch mode.
type GlobalSumPool struct{ made }

// NewGlobalSumPool is a GlobalSumPool, which has no options.
func NewGlobalSumPool() *GlobalSumPool { return &GlobalSumPool{byNew()} }

// Class implements Classed.
func (*GlobalSumPool) Class() string { return "globalsumpool" }

// Apply implements Layer.
func (p *GlobalSumPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return global(p, sc, in, func(*param.Scope) *G.Node { return sumOf(in) })
}

// sumOf is the sum of the features of each graph, Graphs×F.
func sumOf(in modes.Graph) *G.Node {
	if in.X.Sparse == nil {
		return must(ops.SegmentSum(in.X.Dense, in.Segments()))
	}
	return weightedSum(in, must(ops.Full(in.X.Like(), 1, in.Rows(), 1)))
}

// GlobalAvgPool is the mean of each graph's node features:
//
//	X' = 1/n Σ_i X_i,  n the number of nodes
//
// Modes, shapes and edges as GlobalSumPool; padding is not counted in n.
// Gradient: to X, that of its graph's row over n.
// As Spektral's layer, which counts padding in batch mode.
type GlobalAvgPool struct{ made }

// NewGlobalAvgPool is a GlobalAvgPool, which has no options.
func NewGlobalAvgPool() *GlobalAvgPool { return &GlobalAvgPool{byNew()} }

// Class implements Classed.
func (*GlobalAvgPool) Class() string { return "globalavgpool" }

// Apply implements Layer.
func (p *GlobalAvgPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return global(p, sc, in, func(*param.Scope) *G.Node {
		sum := sumOf(in)
		return must(ops.Divide(sum, must(in.Counts())))
	})
}

// GlobalMaxPool is the maximum of each graph's node features, by feature:
//
//	X'_f = max_i X_if
//
// Modes, shapes and edges as GlobalSumPool: a graph without nodes gives 0.
// Sparse features are made dense, since elements that are not stored count as
// 0. Gradient: to X where the maximum is; nodes that tie share it equally. As
// Spektral's layer, which reads no mask in batch mode.
type GlobalMaxPool struct{ made }

// NewGlobalMaxPool is a GlobalMaxPool, which has no options.
func NewGlobalMaxPool() *GlobalMaxPool { return &GlobalMaxPool{byNew()} }

// Class implements Classed.
func (*GlobalMaxPool) Class() string { return "globalmaxpool" }

// Apply implements Layer.
func (p *GlobalMaxPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return global(p, sc, in, func(*param.Scope) *G.Node {
		return must(ops.SegmentMax(must(in.X.ToDense()), in.Segments()))
	})
}
