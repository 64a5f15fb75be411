package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Pooler is a pooling layer as its verbs: it makes smaller graphs out of
// graphs (Select, Reduce, Connect), says how good they are (Losses), and makes
// features of the large graphs out of features of the small ones (Lift).
//
// A new pooler embeds one of these and writes what is left:
//
//   - Soft, for clusters by an MLP: Losses is left;
//   - Clusters, for clusters by other means: Select and Losses are left;
//   - TopNodes, to keep some of the nodes: Select is left;
//   - HardClusters, for clusters that a node is in or not: Select is left.
//
// It also has a Class of its own, and its Apply is a call of Pool. Register
// lets it be saved and loaded.
//
// The verbs err where the graph or the selection is not whole. A nil pooler is
// an error of Apply and Pool; its verbs cannot say so, as Go has no method of a
// nil pointer's embedded struct to call.
//
// Source: Grattarola, Zambon, Bianchi, Alippi, Understanding Pooling in Graph
// Neural Networks, 2021, arXiv 2110.05292.
type Pooler interface {
	Classed
	// Select decides which nodes become one.
	Select(sc *param.Scope, in modes.Graph) (Selection, error)
	// Losses are the objectives of that decision.
	Losses(in modes.Graph, sel Selection) ([]losses.Term, error)
	// Reduce gives the features of the new nodes.
	Reduce(sc *param.Scope, in modes.Graph, sel Selection) (*G.Node, error)
	// Connect gives the new graphs but for their features: their mode, the graph
	// of each new node, and where in has edges, their edges and the edges'
	// attributes.
	Connect(sc *param.Scope, in modes.Graph, sel Selection) (modes.Graph, error)
	// Lift gives features of the old nodes for features x of the new ones.
	Lift(in modes.Graph, sel Selection, x *G.Node) (*G.Node, error)
}

// Pool applies the verbs of a pooler in turn, in a scope named after its
// class. It is the Apply of a pooler: of this package's, and of those that
// others write.
func Pool(p Pooler, sc *param.Scope, in modes.Graph) (Output, error) {
	return apply(p, sc, in, func(sc *param.Scope) Output {
		sel := must(p.Select(sc, in))
		terms := must(p.Losses(in, sel))
		x := must(p.Reduce(sc, in, sel))
		out := must(p.Connect(sc, in, sel))
		return Output{Graph: out.WithX(x), Selection: sel, Losses: terms}
	})
}

// part is a node of a selection that a verb reads, by its name.
type part struct {
	name string
	node *G.Node
}

// ready errs unless a verb has what it reads: a graph that is whole, and those
// parts of a selection.
func ready(in modes.Graph, parts ...part) error {
	if err := in.Check(); err != nil {
		return err
	}
	for _, p := range parts {
		if p.node == nil {
			return fmt.Errorf("%s of the selection is nil, want what Select of the same pooler gives", p.name)
		}
	}
	return nil
}

// pooledRows errs unless x is features of so many nodes, in any shape.
func pooledRows(x *G.Node, rows int) error {
	if x == nil {
		return fmt.Errorf("x is nil, want features of the %d new nodes", rows)
	}
	shape := x.Shape()
	if n := shape.Dims(); n == 0 || shape[n-1] < 1 || shape.TotalSize() != rows*shape[n-1] {
		return fmt.Errorf("x has shape %v, want features of the %d new nodes", shape, rows)
	}
	return nil
}

// withoutPadding is v, a value for each row, with 0 at padding.
func withoutPadding(in modes.Graph, v *G.Node) *G.Node {
	if in.IDs == nil {
		return v
	}
	return must(ops.Hadamard(v, must(ops.IDMask(in.IDs, v, in.Rows()))))
}
