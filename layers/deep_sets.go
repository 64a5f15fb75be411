package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// DeepSets is a readout by a layer on every node and one on their sum:
//
//	X' = Global(Σ_i Local(X_i))
//
// in the scopes local and global. A graph without nodes gives Global(0).
//
// Modes, shapes and edges as GlobalSumPool, with the columns that Global gives.
// The losses of both layers are passed on.
// Gradient: to X and the weights of both layers.
// Source: Zaheer et al., Deep Sets, NeurIPS 2017, arXiv 1703.06114. As PyG's
// DeepSetsAggregation.
type DeepSets struct {
	Local  Layer // on the nodes' features; nil: X as it is
	Global Layer // on the sums, a row a graph; nil: the sums as they are
	made
}

// NewDeepSets is a DeepSets with these layers, either of which may be nil.
func NewDeepSets(local, global Layer) *DeepSets {
	return &DeepSets{Local: local, Global: global, made: byNew()}
}

// Class implements Classed.
func (*DeepSets) Class() string { return "deepsets" }

// Apply implements Layer.
func (p *DeepSets) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return apply(p, sc, func(sc *param.Scope) Output {
		ensure(in.Check())
		local := Output{Graph: in}
		if p.Local != nil {
			local = within(sc.Sub("local"), "Local", p.Local, in)
		}
		in.X = local.X
		out := Output{Graph: oneNode(in).WithX(sumOf(in)), Losses: local.Losses}
		if p.Global == nil {
			return out
		}
		all := within(sc.Sub("global"), "Global", p.Global, out.Graph)
		out.Graph, out.Losses = out.WithX(denseOf(all.X)), append(out.Losses, all.Losses...)
		return out
	})
}

// denseOf is features as a dense node.
func denseOf(x modes.Features) *G.Node { return must(x.ToDense()) }
