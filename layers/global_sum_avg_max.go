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
