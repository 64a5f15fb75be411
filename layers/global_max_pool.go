package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// GlobalMaxPool is the maximum of each graph's node features, by feature:
//
//	X'_f = max_i X_if
//
// Modes, shapes and edges as GlobalSumPool: a graph without nodes gives 0.
// Sparse features are made dense, since what they do not store counts as 0.
// Gradient: to X where the maximum is; nodes that tie share it equally.
// As Spektral's layer, which reads no mask in batch mode.
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
