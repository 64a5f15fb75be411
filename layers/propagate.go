package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// propagate is act((a·X)·W + b), with a·X kept; b may be nil.
func (t Trainable) propagate(in modes.Graph, a modes.Adj, w, b *G.Node, act ops.Activation) *G.Node {
	if t.ActivationFunc == nil {
		return must(in.PropagateLinear(a, w, b, act))
	}
	return t.activate(must(in.PropagateLinear(a, w, b, ops.Identity)), act)
}
