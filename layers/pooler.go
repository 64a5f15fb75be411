package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

// Pooler is a pooling layer as its verbs: it makes smaller graphs out of
// graphs, and features of the small ones into features of the large ones.
// A new pooler embeds Soft, which has the last three verbs and most options,
// and writes Select and its losses.
// Source: Grattarola, Zambon, Bianchi, Alippi, Understanding Pooling in Graph
// Neural Networks, 2021, arXiv 2110.05292.
type Pooler interface {
	Layer
	// Select decides which nodes become one.
	Select(sc *param.Scope, in modes.Graph) (Selection, error)
	// Losses are the objectives of that decision.
	Losses(in modes.Graph, sel Selection) ([]losses.Term, error)
	// Reduce gives the features of the new nodes.
	Reduce(in modes.Graph, sel Selection) (*G.Node, error)
	// Connect gives their edges; nil where in has none.
	Connect(sc *param.Scope, in modes.Graph, sel Selection) (modes.Adj, error)
	// Regroup gives the mode of the new graphs and the graph of each new node.
	Regroup(sc *param.Scope, in modes.Graph, sel Selection) (modes.Graph, error)
	// Lift gives features of the old nodes for features x of the new ones.
	Lift(in modes.Graph, sel Selection, x *G.Node) (*G.Node, error)
}

// pool applies the verbs of a pooler in turn.
func pool(name string, p Pooler, sc *param.Scope, in modes.Graph) (Output, error) {
	sc = sc.Sub(name)
	sel, err := p.Select(sc, in)
	if err != nil {
		return Output{}, fail(sc, err)
	}
	terms, err := p.Losses(in, sel)
	if err != nil {
		return Output{}, fail(sc, err)
	}
	out, err := p.Regroup(sc, in, sel)
	if err != nil {
		return Output{}, fail(sc, err)
	}
	x, err := p.Reduce(in, sel)
	if err != nil {
		return Output{}, fail(sc, err)
	}
	out.X = modes.Features{Dense: x}
	if in.A != nil {
		if out.A, err = p.Connect(sc, in, sel); err != nil {
			return Output{}, fail(sc, err)
		}
	}
	return Output{Graph: out, Selection: sel, Losses: terms}, nil
}
