package layers

import (
	"errors"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
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
// be computed. With clusters it has no JSON.
//
// Without clusters it takes the first level of its graph, as modes.Coarsen made
// it: the clusters or shares, the weights, and the new graph; the levels after it
// are those of the new graph. Layers that keep the nodes keep the levels. Options
// about A' have no effect then, nor has weights, nor those of Reduce where the
// level says that nodes kept are not put together with others; A' is a constant. It is saved
// and loaded as other layers are, under the class precomputedpool.
//
// Modes: all; see HardClusters. Of levels: single, disjoint and batch.
func PrecomputedPool(clusters, weights *G.Node, options HardClusters) Pooler {
	if clusters == nil {
		return &levelPool{options}
	}
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

// levelPool is a pooler by the first level of its graph, whose new graphs exist
// already. The options say how features are reduced and lifted.
type levelPool struct{ HardClusters }

// Class implements Classed.
func (*levelPool) Class() string { return "precomputedpool" }

// Apply implements Layer.
func (p *levelPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// level is the first level of in.
func (p *levelPool) level(in modes.Graph) modes.CoarseGraph {
	ensure(p.check())
	ensure(in.Check())
	if len(in.Levels) == 0 {
		ensure(errors.New("the graph has no level, want one of graphs that modes.Coarsen made smaller, with nothing but layers that keep the nodes before"))
	}
	return in.Levels[0]
}

// Select implements Pooler: what the level says.
func (p *levelPool) Select(_ *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		l := p.level(in)
		return Selection{Assignment: l.Shares, Cluster: l.Cluster, Index: l.Index, Weight: l.Weight, Modes: l.Modes}
	})
}

// Losses implements Pooler: there are none.
func (p *levelPool) Losses(modes.Graph, Selection) ([]losses.Term, error) { return nil, nil }

// reducer reduces and lifts by what is in a selection.
type reducer interface {
	Reduce(sc *param.Scope, in modes.Graph, sel Selection) (*G.Node, error)
	Lift(in modes.Graph, sel Selection, x *G.Node) (*G.Node, error)
}

func (p *levelPool) reducer(in modes.Graph, sel Selection) reducer {
	l := p.level(in)
	if sel.Assignment != nil {
		k := sel.Assignment.Shape()[sel.Assignment.Dims()-1]
		return &Clusters{K: k, InverseLift: p.InverseLift}
	}
	hard := p.HardClusters
	hard.Places = l.Graph.A.Rows()
	if in.Mode.Padded() {
		hard.Places /= in.Graphs
	}
	if sel.Modes != nil {
		return &EigenPool{HardClusters: hard, Eigenvectors: sel.Modes.Shape()[1]}
	}
	return &hard
}

// Reduce implements Pooler: the rows of each new node as one.
func (p *levelPool) Reduce(sc *param.Scope, in modes.Graph, sel Selection) (*G.Node, error) {
	return build(func() *G.Node {
		if sel.Index != nil {
			return keptRows(in, sel)
		}
		return must(p.reducer(in, sel).Reduce(sc, in, sel))
	})
}

// Connect implements Pooler: the graphs of the level, and the levels after it.
func (p *levelPool) Connect(_ *param.Scope, in modes.Graph, _ Selection) (modes.Graph, error) {
	return build(func() modes.Graph {
		out := p.level(in).Graph
		out.Levels = in.Levels[1:]
		return out
	})
}

// Lift implements Pooler: the features of the new nodes at the old ones.
func (p *levelPool) Lift(in modes.Graph, sel Selection, x *G.Node) (*G.Node, error) {
	return build(func() *G.Node { return must(p.reducer(in, sel).Lift(in, sel, x)) })
}
