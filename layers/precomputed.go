package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// Precomputed is a layer that gives features which exist already: X' = x,
// whatever X is. Without x it gives X itself. With it, options that are layers
// take nodes, such as those of DiffPool. It has no JSON.
//
// Modes: all. Shapes: x has the rows of X; the layer that it is given to
// checks that.
func Precomputed(x *G.Node) Layer { return precomputed{x} }

type precomputed struct{ x *G.Node }

// Apply implements Layer.
func (l precomputed) Apply(_ *param.Scope, in modes.Graph) (Output, error) {
	if l.x == nil {
		return Output{Graph: in}, nil
	}
	return Output{Graph: in.WithX(l.x)}, nil
}

// PrecomputedPool is a pooler by clusters that exist already: an id of at least
// 0 for each row of X, a vector of Int, −1 for a row of none; the same id in two
// graphs stands for two clusters. weights, an element a row, are what rows are
// multiplied by; nil for 1. Both may be inputs that are swapped between runs, or
// be computed. It has no JSON.
//
// Modes: all; see HardClusters.
func PrecomputedPool(clusters, weights *G.Node, options HardClusters) Pooler {
	return &precomputedPool{options, clusters, weights}
}

type precomputedPool struct {
	HardClusters
	clusters, weights *G.Node
}

// Class implements Classed.
func (*precomputedPool) Class() string { return "precomputedpool" }

// Apply implements Layer.
func (p *precomputedPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Select implements Pooler: by the clusters given.
func (p *precomputedPool) Select(_ *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		ensure(in.Check())
		return must(p.SelectClusters(in, p.clusters, p.weights))
	})
}
