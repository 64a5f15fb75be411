package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NDPPool is node decimation pooling: it keeps the nodes on one side of a large
// cut, and connects them according to the paths through the other nodes:
//
//	u the eigenvector of the largest eigenvalue of I − D^-½AD^-½,  kept: u_i ≥ 0
//	X' = X[kept],  A' = D − L',  L' = L_pp − L_pn L_nn⁻¹ L_np (Kron reduction)
//
// A is read as max(A, Aᵀ) without self loops. The sign of u is that with which
// its element of largest size, the first of several, is above 0; elements of
// less than 1e-9 of it count as 0, and are kept, as are nodes without a degree.
// Entries of A' of at most Threshold in size are left out. The layer has no
// weights: everything depends only on A, and modes.Coarsen computes it before
// training.
//
// Modes: all. Shapes: as HardClusters, each node kept being a cluster; Lift gives
// nodes that were not kept 0, or with Nearest what it gives the kept node that is
// the fewest entries of A away, of several the lowest. A' has no attributes of
// edges. The selection has the nodes kept as Index, by rising index.
// Gradient: to X; none to A, A' is a constant.
// Errors: more entries of A' than Edges, when run: eliminated nodes join all of
// their neighbours.
//
// Source: Bianchi, Grattarola, Livi, Alippi, Hierarchical Representation Learning
// in Graph Neural Networks with Node Decimation Pooling, TNNLS 2022, doi
// 10.1109/TNNLS.2020.3044146, arXiv 1910.11436. tgp's layer divides nodes at
// random where the cut is below one half of the edges, and reduces in float32.
type NDPPool struct {
	Threshold float64 // entries of A' of at most this size are left out
	Edges     int     // room for entries of A'; default: 4 times that of A
	Places    int     // room for nodes kept, of each graph in batch and mixed mode; default: one for each row
	Nearest   bool    // nodes that are not kept join the nearest kept one, for the lift
	made
}

// NewNDPPool is an NDPPool that leaves out entries of at most 0.01.
func NewNDPPool() *NDPPool { return &NDPPool{Threshold: 0.01, made: byNew()} }

// Class implements Classed.
func (*NDPPool) Class() string { return "ndppool" }

// Apply implements Layer.
func (p *NDPPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// verbs is the pooler whose clusters are the nodes kept.
func (p *NDPPool) verbs() *HardClusters { return &HardClusters{Places: p.Places} }

// Select implements Pooler: one side of the cut.
func (p *NDPPool) Select(_ *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		ensure(notNegative("Threshold", p.Threshold))
		ensure(atLeast("Edges", p.Edges, 0))
		kept := must(ops.SpectralSide(edgesByPlace(in), in.Segments()))
		sel := p.verbs().selectAround(in, kept, nil)
		if p.Nearest {
			sel = joinNearest(in, sel)
		}
		return sel
	})
}

// Losses implements Pooler: there are none.
func (p *NDPPool) Losses(modes.Graph, Selection) ([]losses.Term, error) { return nil, nil }

// Reduce implements Pooler: the rows kept.
func (p *NDPPool) Reduce(_ *param.Scope, in modes.Graph, sel Selection) (*G.Node, error) {
	return build(func() *G.Node { return keptRows(in, sel) })
}

// Connect implements Pooler: what the other nodes conduct between those kept.
func (p *NDPPool) Connect(_ *param.Scope, in modes.Graph, sel Selection) (modes.Graph, error) {
	return build(func() modes.Graph {
		ensure(p.verbs().ready(in, sel, part{"Index", sel.Index}))
		m, places := edgesByPlace(in), p.verbs().places(in)
		room := p.Edges
		if room == 0 {
			room = 4 * m.Capacity
		}
		kept := must(p.verbs().SelectClusters(in, must(ops.ScatterIDs(sel.Index, sel.Index, in.Rows())), nil))
		a := must(ops.KronReduction(m, kept.Cluster, places, room, p.Threshold, in.Segments()))
		ids := p.verbs().clusterIDs(in, sel)
		return modes.Graph{Mode: pooledMode(in.Mode), Graphs: in.Graphs, IDs: ids, A: modes.SparseAdj{Sparse: a}}
	})
}

// Lift implements Pooler: x at the nodes that were kept, 0 elsewhere; with Nearest
// at those that joined them too.
func (p *NDPPool) Lift(in modes.Graph, sel Selection, x *G.Node) (*G.Node, error) {
	return p.verbs().Lift(in, sel, x)
}
