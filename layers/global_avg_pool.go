package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

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
