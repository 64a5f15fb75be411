package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Losses implements Pooler: there are none.
func (p *TopNodes) Losses(modes.Graph, Selection) ([]losses.Term, error) { return nil, nil }

// Reduce implements Pooler: the rows kept, times their gates, with the selection's
// features in place of X where it has some.
func (p *TopNodes) Reduce(sc *param.Scope, in modes.Graph, sel Selection) (*G.Node, error) {
	return build(func() *G.Node {
		ensure(p.ready(in, sel))
		if sel.Features != nil {
			in = in.WithX(sel.Features)
		}
		x := must(ops.Gather(must(in.X.ToDense()), sel.Index))
		x = must(ops.RowScale(x, p.factor(sel)))
		return p.regularized(sc, byGraph(in, x))
	})
}

// ready errs unless the verbs have what they read.
func (p *TopNodes) ready(in modes.Graph, sel Selection) error {
	if err := p.check(); err != nil {
		return err
	}
	parts := []part{{"Index", sel.Index}, {"Gate", sel.Gate}}
	if p.Nearest {
		parts = append(parts, part{"Cluster", sel.Cluster})
	}
	return ready(in, parts...)
}

// factor is what the kept rows are multiplied by.
func (p *TopNodes) factor(sel Selection) *G.Node {
	if p.Multiplier == 0 || p.Multiplier == 1 {
		return sel.Gate
	}
	return must(ops.Affine(sel.Gate, p.Multiplier, 0))
}

// Connect implements Pooler: the graphs of the nodes kept, and the edges among
// them with their attributes; with Nearest, the edges between their clusters.
func (p *TopNodes) Connect(sc *param.Scope, in modes.Graph, sel Selection) (modes.Graph, error) {
	return build(func() modes.Graph {
		ensure(p.ready(in, sel))
		if p.Nearest {
			out := must(aroundKept(in, sel).Connect(sc, in, sel))
			out.IDs = p.keptIDs(in, sel)
			return out
		}
		return keptGraph(in, sel.Index, p.keptIDs(in, sel))
	})
}

// keptIDs is the graph of each place; nil where all are of the only one.
func (p *TopNodes) keptIDs(in modes.Graph, sel Selection) *G.Node {
	if in.IDs != nil || p.MinScore != nil { // with MinScore how many are kept is known when run only
		return idsAt(in, sel.Index)
	}
	return nil
}

// keptGraph is the graph of the rows kept, whose graphs are ids, without
// features: in mixed mode each signal keeps nodes of its own.
func keptGraph(in modes.Graph, idx, ids *G.Node) modes.Graph {
	out := modes.Graph{Mode: pooledMode(in.Mode), Graphs: in.Graphs, IDs: ids}
	if in.A == nil {
		return out
	}
	kept := modes.Subset{Index: idx}
	if padded(in.Mode) {
		kept.Graphs = in.Graphs
	}
	out.A = must(in.A.Induce(kept))
	out.E = must(in.InduceE(out.A))
	return out
}

// Lift implements Pooler: x at the rows that were kept, 0 elsewhere; with Nearest
// at the rows of their clusters too. With InverseLift it is divided by the gates, 0 where one is 0, so that Lift of
// Reduce gives the rows kept.
func (p *TopNodes) Lift(in modes.Graph, sel Selection, x *G.Node) (*G.Node, error) {
	return build(func() *G.Node {
		ensure(p.ready(in, sel))
		ensure(pooledRows(x, sel.Index.Shape().TotalSize()))
		x := must(ops.Reshape(x, sel.Index.Shape()[0], x.Shape()[x.Dims()-1]))
		if p.InverseLift {
			x = must(ops.Divide(x, p.factor(sel)))
		}
		if p.Nearest {
			return must(aroundKept(in, sel).Lift(in, Selection{Cluster: sel.Cluster}, x))
		}
		return putBack(in, sel.Index, x)
	})
}

// putBack is the rows x at the rows that idx names, 0 elsewhere.
func putBack(in modes.Graph, idx, x *G.Node) *G.Node {
	return byGraph(in, must(ops.ScatterAdd(x, idx, in.Rows())))
}
