package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// LaPool clusters nodes around leaders, those whose features differ more from
// their neighbours' than any neighbour's do:
//
//	v_i = ‖(L·X)_i‖₂, L = D − A;  i leads where v_i ≥ v_j for each neighbour j
//	S_i = sparsemax_c( β_ic · cos(X_i, X_c) ) over the leaders c;  S_c = e_c for a leader
//	X' = SᵀX,  A' = SᵀAS
//
// with β_ic one over the hops from i to leader c. It has no weights and no
// losses.
//
// How many leaders there are depends on X: each graph has room for K, the rest
// is padding, with ids of −1 and features 0. Where more nodes qualify, the K
// of highest v lead, of equal ones the lower index; of neighbours with equal v
// both do. A leader that no way leads to takes no part in a node's
// assignment; a node that reaches none, which needs more components than K,
// is in no cluster: its row of S is 0. So is a row of padding.
//
// For leaders and hops A is read as undirected and its weights only as zero
// or not; L has the weights. A may not be nil; a sparse one is never made
// dense, sparse X is.
//
// Modes: all. Shapes: room for K nodes a graph: X' K×F (single), (B·K)×F
// (disjoint), B×K×F (batch, mixed); A' K×K, blocks, or B×K×K. The selection
// has S, the leaders as Index, −1 for none, and v as Score.
// Gradient: to X through S and SᵀX, to A's weights through SᵀAS; who leads and
// the hops are constants. A node with features 0 has cosines of 0 and passes
// them no gradient.
// Errors: a feature that is NaN, when run.
//
// Source: Noutahi, Beaini, Horwood, Giguère, Tossou, Towards Interpretable
// Sparse Graph Representation Learning with Laplacian Pooling, 2019, arXiv
// 1905.11577. Spektral's layer takes the softmax of the cosines and multiplies
// it by β, measured with A's weights as lengths: see SoftMax.
type LaPool struct {
	K       int     // the room for leaders of each graph, at least 1
	SoftMax bool    // S_i = β_i ⊙ softmax(cos(X_i, ·)), which need not sum to 1; default: sparsemax of the product
	NoHops  bool    // β = 1 for every leader of the graph; default: one over the hops
	Coarse  Coarse  // what becomes of SᵀAS
	Eps     float64 // ε of the normalisation by Coarse, added to √d

	InverseLift bool // Lift undoes Reduce as far as it can, see Soft.Lift; default: it is S·x
}

// NewLaPool is a LaPool with room for k leaders a graph, that gives SᵀAS as it
// is.
func NewLaPool(k int) *LaPool { return &LaPool{K: k, Coarse: Unnormalized} }

// soft is the options of the verbs that are Soft's.
func (p *LaPool) soft() *Soft {
	return &Soft{K: p.K, Coarse: p.Coarse, Eps: p.Eps, InverseLift: p.InverseLift}
}

// Apply implements Layer.
func (p *LaPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool("lapool", p, sc, in)
}

// Select implements Pooler: the leaders, and the shares of the others in them.
func (p *LaPool) Select(_ *param.Scope, in modes.Graph) (Selection, error) {
	if err := p.soft().check(); err != nil {
		return Selection{}, err
	}
	if err := in.CheckA(); err != nil {
		return Selection{}, err
	}
	x, err := in.X.ToDense()
	if err != nil {
		return Selection{}, err
	}
	var sel Selection
	if sel.Score, err = variation(in.A, x); err != nil {
		return Selection{}, err
	}
	if sel.Index, err = in.A.LocalMaxima(sel.Score, in.Segments(), p.K); err != nil {
		return Selection{}, err
	}
	shares, err := p.shares(in, x, sel.Index)
	if err != nil {
		return Selection{}, err
	}
	if sel.Assignment, err = p.withLeaders(in, shares, sel.Index); err != nil {
		return Selection{}, err
	}
	return sel, nil
}

// variation is ‖(L·X)_i‖₂ of each row, as a vector.
func variation(a modes.Adj, x *G.Node) (*G.Node, error) {
	d, err := a.Degree(x)
	if err != nil {
		return nil, err
	}
	dx, err := ops.RowScale(x, d)
	if err != nil {
		return nil, err
	}
	ax, err := a.Mul(x)
	if err != nil {
		return nil, err
	}
	lx, err := G.Sub(dx, ax)
	if err != nil {
		return nil, err
	}
	v, err := ops.Norm(lx, lx.Dims()-1)
	if err != nil {
		return nil, err
	}
	return ops.Reshape(v, v.Shape().TotalSize())
}

// near is β, rows×K: 0 for leaders that take no part.
func (p *LaPool) near(in modes.Graph, x, leaders *G.Node) (*G.Node, error) {
	if p.NoHops {
		there, err := ops.IDMask(leaders, x, in.Graphs, p.K)
		if err != nil {
			return nil, err
		}
		return ops.Spread(there, in.Segments(), in.Rows())
	}
	return in.A.InverseHops(leaders, x, in.Segments(), in.Rows())
}

// Losses implements Pooler: there are none.
func (p *LaPool) Losses(modes.Graph, Selection) ([]losses.Term, error) { return nil, nil }

// Reduce implements Pooler: SᵀX.
func (p *LaPool) Reduce(in modes.Graph, sel Selection) (*G.Node, error) {
	return p.soft().Reduce(in, sel)
}

// Connect implements Pooler: SᵀAS of each graph, in the form Coarse says.
func (p *LaPool) Connect(sc *param.Scope, in modes.Graph, sel Selection) (modes.Adj, error) {
	return p.soft().Connect(sc, in, sel)
}

// Regroup implements Pooler: a node for each leader, and padding.
func (p *LaPool) Regroup(_ *param.Scope, in modes.Graph, sel Selection) (modes.Graph, error) {
	out := modes.Graph{Mode: in.Mode, Graphs: in.Graphs}
	if in.Mode == modes.Mixed {
		out.Mode = modes.Batch // each signal has leaders of its own
	}
	var err error
	out.IDs, err = idsAt(in, sel.Index)
	return out, err
}

// idsAt is the graph of each row that idx names, −1 where it names none.
func idsAt(in modes.Graph, idx *G.Node) (*G.Node, error) {
	if in.IDs != nil {
		return ops.GatherIDs(in.IDs, idx)
	}
	return ops.MapIDs(idx, "the only graph", in.Rows(), func(int) int { return 0 })
}

// Lift implements Pooler, as Soft does.
func (p *LaPool) Lift(in modes.Graph, sel Selection, x *G.Node) (*G.Node, error) {
	return p.soft().Lift(in, sel, x)
}
