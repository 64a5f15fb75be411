package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// SortPool sorts the nodes of each graph by their last feature, the highest
// first, and keeps the first K, so that graphs of any size become tensors of
// one size:
//
//	X' = X[idx],  A' = A[idx, idx]
//
// Nodes with the same last feature are sorted by the feature before it, and so
// on; nodes with the same features keep their order. A graph with fewer than K
// nodes is filled up with zeros, which are padding with ids of −1. There are
// no weights and no losses.
//
// Modes: all. Shapes: K nodes a graph: X' K×F (single), (B·K)×F (disjoint),
// B×K×F (batch, mixed); A' of as many nodes, sparse if A is. With Flatten the
// K rows of a graph become one row, for dense layers: X' 1×(K·F) in single
// mode and B×(K·F) otherwise, of graphs with one node each. A may be nil. Edge
// attributes are kept for the edges that are left. Sparse X is made dense.
// Gradient: to the rows of X that are kept and to the weights of A among them;
// the order is a constant.
// Errors: a feature that is NaN, when run.
//
// Source: Zhang, Cui, Neumann, Chen, An End-to-End Deep Learning Architecture
// for Graph Classification, AAAI 2018, section 3.2. As Spektral's layer, which
// gives B×K×F in disjoint mode and compares the last feature alone. With
// Flatten as PyG's SortAggregation, which also compares the last feature
// alone.
type SortPool struct {
	K       int  // the number of nodes of each graph, at least 1
	Flatten bool // one row a graph
	made
}

// NewSortPool is a SortPool that keeps k nodes of each graph.
func NewSortPool(k int) *SortPool { return &SortPool{K: k, made: byNew()} }

// Class implements Classed.
func (*SortPool) Class() string { return "sortpool" }

// Apply implements Layer.
func (p *SortPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Select implements Pooler: the order by the last feature, which is the
// selection's score.
func (p *SortPool) Select(_ *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		ensure(atLeast("K", p.K, 1))
		ensure(in.Check())
		x := must(in.X.ToDense())
		score := must(ops.Column(x, in.X.Width()-1))
		return Selection{Score: score, Index: must(ops.SegmentSort(x, in.Segments(), p.K))}
	})
}

// ready errs unless the verbs have what they read.
func (p *SortPool) ready(in modes.Graph, sel Selection) error {
	if err := atLeast("K", p.K, 1); err != nil {
		return err
	}
	return ready(in, part{"Index", sel.Index})
}

// Losses implements Pooler: there are none.
func (p *SortPool) Losses(modes.Graph, Selection) ([]losses.Term, error) { return nil, nil }

// Reduce implements Pooler: the rows kept, in their order.
func (p *SortPool) Reduce(_ *param.Scope, in modes.Graph, sel Selection) (*G.Node, error) {
	return build(func() *G.Node {
		ensure(p.ready(in, sel))
		x := must(ops.Gather(must(in.X.ToDense()), sel.Index))
		if p.Flatten {
			return must(ops.Reshape(x, in.Graphs, p.K*in.X.Width()))
		}
		return byGraph(in, x)
	})
}

// Connect implements Pooler: the graphs of the nodes kept with the edges among
// them, or with Flatten graphs of one node without edges.
func (p *SortPool) Connect(_ *param.Scope, in modes.Graph, sel Selection) (modes.Graph, error) {
	return build(func() modes.Graph {
		ensure(p.ready(in, sel))
		if p.Flatten {
			return oneNode(in)
		}
		var ids *G.Node
		if in.IDs != nil || p.K > in.Rows() { // else every place holds a node
			ids = must(in.IDsAt(sel.Index))
		}
		return keptGraph(in, sel.Index, ids)
	})
}

// Lift implements Pooler: x at the rows that were kept, 0 elsewhere.
func (p *SortPool) Lift(in modes.Graph, sel Selection, x *G.Node) (*G.Node, error) {
	return build(func() *G.Node {
		ensure(p.ready(in, sel))
		rows := in.Graphs * p.K
		if p.Flatten {
			rows = in.Graphs
		}
		ensure(pooledRows(x, rows))
		f := x.Shape().TotalSize() / (in.Graphs * p.K)
		return putBack(in, sel.Index, must(ops.Reshape(x, in.Graphs*p.K, f)))
	})
}
