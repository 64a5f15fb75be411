package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// LaPool clusters nodes around leaders. A leader is a node whose features
// differ from those of its neighbours at least as much as any neighbour's do:
//
//	v_i = ‖(L·X)_i‖₂, L = D − A;  i leads if v_i ≥ v_j for each neighbour j
//	S_i = sparsemax_c( β_ic · cos(X_i, X_c) ) over the leaders c;  S_c = e_c for a leader
//	X' = SᵀX,  A' = SᵀAS
//
// β_ic is 1 over the number of hops from i to leader c. There are no weights
// and no losses.
//
// The number of leaders depends on X. Each graph has K places for them; those
// left over are padding, with ids of −1 and features 0. If more than K nodes
// qualify, those with the highest v lead, and of equal ones those with the
// lower index. Two neighbours with equal v can both lead. A node is assigned
// only to leaders that it can reach. A node that reaches no leader is in no
// cluster, and its row of S is 0; this takes a graph of more than K components.
// Rows of padding are 0 as well.
//
// Leaders and hops take A as undirected, and its weights only as zero or not;
// L uses the weights. A must not be nil. A sparse A is never made dense;
// sparse X is.
//
// Modes: all. Shapes: K places a graph: X' K×F (single), (B·K)×F (disjoint),
// B×K×F (batch, mixed); A' K×K, blocks, or B×K×K. The selection has S, the
// leaders as Index, −1 for none, and v as Score.
// Gradient: to X through S and SᵀX, to A's weights through SᵀAS; who leads and
// the hops are constants. A node with features 0 has cosines of 0 and passes
// them no gradient.
// Errors: a feature that is NaN, when run.
//
// Source: Noutahi, Beaini, Horwood, Giguère, Tossou, Towards Interpretable
// Sparse Graph Representation Learning with Laplacian Pooling, 2019, arXiv
// 1905.11577. Spektral's layer multiplies the softmax of the cosines by β, and
// takes A's weights as lengths for β: see SoftMax.
type LaPool struct {
	Clusters      // K is the number of places for leaders of each graph
	SoftMax  bool // S_i = β_i ⊙ softmax(cos(X_i, ·)), which need not sum to 1; default: sparsemax of the product
	NoHops   bool // β = 1 for every leader of the graph; default: 1 over the number of hops
	made
}

// NewLaPool is a LaPool with k places for leaders a graph, and SᵀAS as it is.
func NewLaPool(k int) *LaPool {
	return &LaPool{Clusters: Clusters{K: k, Coarse: Unnormalized}, made: byNew()}
}

// Class implements Classed.
func (*LaPool) Class() string { return "lapool" }

// Apply implements Layer.
func (p *LaPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Select implements Pooler: the leaders, and the shares of the others in them.
func (p *LaPool) Select(_ *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		ensure(p.check())
		ensure(in.CheckA())
		x := must(in.X.ToDense())
		v := variation(in.A, x)
		leaders := must(in.A.LocalMaxima(v, in.Segments(), p.K))
		s := p.withLeaders(in, p.shares(in, x, leaders), leaders)
		return Selection{Score: v, Index: leaders, Assignment: s}
	})
}

// variation is ‖(L·X)_i‖₂ of each row, as a vector: exactly 0 where the rows around
// one are equal to it, in every mode.
func variation(a modes.Adj, x *G.Node) *G.Node {
	lx := must(a.Differences(x))
	v := must(ops.Norm(lx, lx.Dims()-1))
	return must(ops.Reshape(v, v.Shape().TotalSize()))
}

// Losses implements Pooler: there are none.
func (p *LaPool) Losses(modes.Graph, Selection) ([]losses.Term, error) { return nil, nil }

// Connect implements Pooler as Clusters does, with a node for each leader, and
// padding.
func (p *LaPool) Connect(_ *param.Scope, in modes.Graph, sel Selection) (modes.Graph, error) {
	return build(func() modes.Graph {
		ensure(p.ready(in, sel))
		ensure(ready(in, part{"Index", sel.Index}))
		return p.connect(in, sel, must(in.IDsAt(sel.Index)))
	})
}

// excluded is added to the cosine of a leader that takes no part. A cosine is
// at most 1 in size, so that the softmax of the sum is exactly 0 in float32,
// and its sparsemax in any case.
const excluded = -1e4

// shares is the share of each row in each leader, rows×K, 0 in those that take
// no part.
func (p *LaPool) shares(in modes.Graph, x, leaders *G.Node) *G.Node {
	near := p.near(in, x, leaders)
	cos := p.cosines(in, x, leaders)
	if !p.SoftMax {
		cos = must(ops.Hadamard(cos, near))
	}
	part := must(ops.NonZero(near))
	cos = must(G.Add(cos, must(ops.Affine(part, -excluded, excluded))))
	if p.SoftMax {
		return must(ops.Hadamard(must(ops.SoftMax(cos, 1)), near))
	}
	// The product is for a row that no leader takes part in.
	return must(ops.Hadamard(must(ops.SparseMax(cos)), part))
}

// near is β, rows×K: 0 for leaders that take no part.
func (p *LaPool) near(in modes.Graph, x, leaders *G.Node) *G.Node {
	if p.NoHops {
		there := must(ops.IDMask(leaders, x, in.Graphs, p.K))
		return must(ops.Spread(there, in.Segments(), in.Rows()))
	}
	return must(in.A.InverseHops(leaders, x, in.Segments(), in.Rows()))
}

// cosines is the cosine of each row and each leader of its graph, rows×K.
func (p *LaPool) cosines(in modes.Graph, x, leaders *G.Node) *G.Node {
	f := in.X.Width()
	unit := must(ops.Divide(x, must(ops.Norm(x, x.Dims()-1))))
	unit = must(ops.Reshape(unit, in.Rows(), f))
	of := must(ops.Reshape(must(ops.Gather(unit, leaders)), in.Graphs, p.K, f))
	return must(ops.SegmentMul(unit, must(ops.Transpose(of)), in.Segments()))
}

// withLeaders is S: the shares, those of a leader replaced by its own cluster,
// those of padding by 0, in the shape of X's rows.
func (p *LaPool) withLeaders(in modes.Graph, shares, leaders *G.Node) *G.Node {
	eye := must(ops.Tile(identity(shares, p.K), in.Graphs))
	own := must(ops.ScatterAdd(eye, leaders, in.Rows()))
	follows := withoutPadding(in, must(ops.Affine(must(ops.RowSum(own)), -1, 1)))
	s := must(ops.RowScale(shares, follows))
	return byGraph(in, must(G.Add(s, own)))
}
