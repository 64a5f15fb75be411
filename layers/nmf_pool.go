package layers

import (
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NMFPool clusters the nodes of each graph by a factorization of A into factors
// of at least 0:
//
//	A ≈ W·H, H with K rows,  S = softmax(Hᵀ) by row
//	X' = SᵀX,  A' = sym(zd(SᵀAS)),  lift: S·x
//
// by multiplicative updates for ‖A − WH‖, none of which raises it, from numbers
// drawn from Seed. Each column of W and its row of H are given the same
// Euclidean norm. In a graph of at most K nodes, each node is its own cluster:
// W = A, H = 1, S = 1. A node without edges is in all clusters equally. The
// layer has no weights: S depends only on A, and modes.Coarsen computes it
// before training.
//
// Weights below 0 count as 0. Another order of the nodes gives another start, and
// may give other clusters; the same order always gives the same.
//
// Modes: all. Shapes: K nodes a graph: X' K×F (single), (B·K)×F (disjoint), B×K×F
// (batch, mixed); A' as MinCutPool's. No matrix of N² is formed for a sparse A.
// Gradient: to X, and to A's weights through A' alone: S is a constant.
// Errors: a weight that is NaN, or weights whose sum is not finite, when run.
//
// Source: Bacciu, Di Sotto, A Non-negative Factorization Approach to Node Pooling
// in Graph Convolutional Neural Networks, 2019, arXiv 1909.03287. The softmax is
// that of tgp's NMFPooling; Raw is S = Hᵀ, as Spektral's documentation has it.
// Both start from other numbers in each run, and factorize a dense A.
type NMFPool struct {
	Clusters
	Updates int    // multiplicative updates of both factors, at least 0
	Seed    uint64 // of the start
	Raw     bool   // S = Hᵀ; default: its softmax by row
	made
}

// NewNMFPool is an NMFPool with k clusters, 200 updates, ε 1e-15.
func NewNMFPool(k int) *NMFPool {
	return &NMFPool{Clusters: Clusters{K: k, Eps: 1e-15}, Updates: 200, made: byNew()}
}

// Class implements Classed.
func (*NMFPool) Class() string { return "nmfpool" }

// Apply implements Layer.
func (p *NMFPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Select implements Pooler: S by the factors of A.
func (p *NMFPool) Select(_ *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		ensure(p.check())
		ensure(atLeast("Updates", p.Updates, 0))
		ensure(in.CheckA())
		o := ops.FactorOptions{Updates: p.Updates, Seed: p.Seed, Raw: p.Raw}
		return Selection{Assignment: byGraph(in, must(ops.FactorShares(edgesByPlace(in), p.K, o, in.Segments())))}
	})
}

// Losses implements Pooler: there are none.
func (p *NMFPool) Losses(modes.Graph, Selection) ([]losses.Term, error) { return nil, nil }
