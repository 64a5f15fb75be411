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
// Modes: all. Shapes: X' 1×F (single), B×F (disjoint, batch, mixed): graphs of
// one node each, in single or else in disjoint mode, without adjacency.
// Padding takes no part; a graph without nodes, wherever it stands, gives 0
// and is padding in the result. Sparse features are not made dense, unless
// there are more graphs than features.
// Gradient: to X, that of its graph's row. GlobalLift is the way back.
// As Spektral's layer, which reads no mask in batch mode.
type GlobalSumPool struct{}

// NewGlobalSumPool is a GlobalSumPool, which has no options.
func NewGlobalSumPool() *GlobalSumPool { return &GlobalSumPool{} }

// Apply implements Layer.
func (p *GlobalSumPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return global("globalsumpool", sc, in, Trainable{}, func(*param.Scope) (*G.Node, error) { return sumOf(in) })
}

// sumOf is the sum of the features of each graph, Graphs×F.
func sumOf(in modes.Graph) (*G.Node, error) {
	if in.X.Sparse == nil {
		return ops.SegmentSum(in.X.Dense, in.Segments())
	}
	ones, err := ops.Full(in.X.Like(), 1, in.Rows(), 1)
	if err != nil {
		return nil, err
	}
	return weightedSum(in, ones)
}
