package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

// Pooler is a pooling layer as its verbs: it makes smaller graphs out of
// graphs, and features of the small ones into features of the large ones.
// A new pooler embeds Soft, which has all verbs but Losses and most options, or
// TopNodes, which has all but Select, and writes what is left; its Apply is a call
// of Pool.
//
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

// Pool applies the verbs of a pooler in turn, in the scope name, and is the
// Apply of a pooler: of this package's, and of those that others write.
func Pool(name string, p Pooler, sc *param.Scope, in modes.Graph) (Output, error) {
	sc = sc.Sub(name)
	out, err := verbs(p, sc, in)
	if err != nil {
		return Output{}, fail(sc, err)
	}
	return out, nil
}

func verbs(p Pooler, sc *param.Scope, in modes.Graph) (out Output, err error) {
	if out.Selection, err = p.Select(sc, in); err != nil {
		return Output{}, err
	}
	if out.Losses, err = p.Losses(in, out.Selection); err != nil {
		return Output{}, err
	}
	if out.Graph, err = p.Regroup(sc, in, out.Selection); err != nil {
		return Output{}, err
	}
	if out.X.Dense, err = p.Reduce(in, out.Selection); err != nil {
		return Output{}, err
	}
	if in.A != nil {
		if out.A, err = p.Connect(sc, in, out.Selection); err != nil {
			return Output{}, err
		}
	}
	if k, ok := p.(interface {
		finishPool(sc *param.Scope, in modes.Graph, out *Output) error
	}); ok {
		err = k.finishPool(sc, in, &out)
	}
	return out, err
}
