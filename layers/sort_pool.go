package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// SortPool puts the nodes of each graph into falling order of their last
// feature and keeps the first K, so that graphs of any size become tensors of
// one size:
//
//	X' = X[idx],  A' = A[idx, idx]
//
// Nodes that tie are told apart by the feature before the last, and so on;
// equal nodes keep their order. A graph with fewer than K nodes is filled up
// with zeros, which are padding with ids of −1. It has no weights and no
// losses.
//
// Modes: all. Shapes: K nodes a graph: X' K×F (single), (B·K)×F (disjoint),
// B×K×F (batch, mixed); A' of as many nodes, sparse where A is. With Flatten
// the rows of a graph stand one behind the other in one row: X' 1×(K·F) in
// single mode and B×(K·F) otherwise, of graphs with one node each, for dense
// layers to read. A may be nil; edge attributes follow it; sparse X is made
// dense.
// Gradient: to the rows of X that are kept and the weights of A among them;
// the order is a constant.
// Errors: a feature that is NaN, when run.
//
// Source: Zhang, Cui, Neumann, Chen, An End-to-End Deep Learning Architecture
// for Graph Classification, AAAI 2018, section 3.2. As Spektral's layer, which
// gives B×K×F in disjoint mode and compares the last feature alone; with
// Flatten as PyG's SortAggregation, which does so too.
type SortPool struct {
	K       int  // the number of nodes of each graph, at least 1
	Flatten bool // one row a graph
}

// NewSortPool is a SortPool that keeps k nodes of each graph.
func NewSortPool(k int) *SortPool { return &SortPool{K: k} }

// Apply implements Layer.
func (p *SortPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	if p.Flatten {
		in.A, in.E = nil, nil
	}
	out, err := Pool("sortpool", p, sc, in)
	if err != nil || in.A == nil {
		return out, err
	}
	if out.E, err = in.InduceE(out.A); err != nil {
		return Output{}, failf(sc, "sortpool: %w", err)
	}
	return out, nil
}

// Select implements Pooler: the order by the last feature, which is the
// selection's score.
func (p *SortPool) Select(_ *param.Scope, in modes.Graph) (sel Selection, err error) {
	if err := atLeast("K", p.K, 1); err != nil {
		return Selection{}, err
	}
	if err := in.Check(); err != nil {
		return Selection{}, err
	}
	x, err := in.X.ToDense()
	if err != nil {
		return Selection{}, err
	}
	if sel.Score, err = ops.Column(x, in.X.Width()-1); err != nil {
		return Selection{}, err
	}
	sel.Index, err = ops.SegmentSort(x, in.Segments(), p.K)
	return sel, err
}

// Losses implements Pooler: there are none.
func (p *SortPool) Losses(modes.Graph, Selection) ([]losses.Term, error) { return nil, nil }

// Reduce implements Pooler: the rows kept, in their order.
func (p *SortPool) Reduce(in modes.Graph, sel Selection) (*G.Node, error) {
	x, err := in.X.ToDense()
	if err != nil {
		return nil, err
	}
	if x, err = ops.Gather(x, sel.Index); err != nil {
		return nil, err
	}
	switch f := in.X.Width(); {
	case p.Flatten:
		return ops.Reshape(x, in.Graphs, p.K*f)
	case padded(in.Mode):
		return ops.Reshape(x, in.Graphs, p.K, f)
	}
	return x, nil
}

// Connect implements Pooler: the edges among the nodes kept.
func (p *SortPool) Connect(_ *param.Scope, in modes.Graph, sel Selection) (modes.Adj, error) {
	kept := modes.Subset{Index: sel.Index}
	if padded(in.Mode) {
		kept.Graphs = in.Graphs
	}
	return in.A.Induce(kept)
}

// Regroup implements Pooler: the graphs of the nodes kept, or graphs of one
// node.
func (p *SortPool) Regroup(_ *param.Scope, in modes.Graph, sel Selection) (modes.Graph, error) {
	if p.Flatten {
		return oneNode(in, nil)
	}
	out := modes.Graph{Mode: in.Mode, Graphs: in.Graphs}
	if in.Mode == modes.Mixed {
		out.Mode = modes.Batch // each signal has an order of its own
	}
	if in.IDs == nil && p.K <= in.Rows() {
		return out, nil // every place holds a node
	}
	var err error
	out.IDs, err = idsAt(in, sel.Index)
	return out, err
}

// Lift implements Pooler: x at the rows that were kept, 0 elsewhere.
func (p *SortPool) Lift(in modes.Graph, sel Selection, x *G.Node) (*G.Node, error) {
	f := x.Shape()[x.Dims()-1]
	if p.Flatten {
		f /= p.K
	}
	x, err := ops.Reshape(x, in.Graphs*p.K, f)
	if err != nil {
		return nil, err
	}
	if x, err = ops.ScatterAdd(x, sel.Index, in.Rows()); err != nil || !padded(in.Mode) {
		return x, err
	}
	return ops.Reshape(x, in.Graphs, in.RowsPerGraph(), f)
}
