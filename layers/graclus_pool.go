package layers

import (
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// GraclusPool puts pairs of neighbours with heavy edges into one cluster: nodes
// in rising order, each node without a partner is matched with the neighbour
// without a partner that has the heaviest edge (i, j); ties: the lowest. A node
// without a partner is its own cluster. See HardClusters for X', A' and lift.
// The layer has no weights: the clusters depend only on A, and modes.Coarsen
// can compute them before training.
//
// Clusters are ordered by their lowest nodes. Weights below 0 and self loops
// never match; a stored weight of 0 may. Another order of the nodes may give
// other clusters, but the same order always gives the same.
//
// Modes: all.
// Errors: a weight that is NaN, when run.
//
// Source: Dhillon, Guan, Kulis, Weighted Graph Cuts without Eigenvectors, TPAMI
// 2007, doi 10.1109/TPAMI.2007.1115; in networks: Defferrard, Bresson,
// Vandergheynst, 2016, arXiv 1606.09375. As PyG's graclus, which visits nodes in
// an order drawn at random.
type GraclusPool struct {
	HardClusters
	made
}

// NewGraclusPool is a GraclusPool that adds up the features of a cluster, and
// the weights of the edges between two.
func NewGraclusPool() *GraclusPool {
	return &GraclusPool{HardClusters{Reduction: ops.ReduceSum, Merge: ops.ReduceSum}, byNew()}
}

// Class implements Classed.
func (*GraclusPool) Class() string { return "gracluspool" }

// Apply implements Layer.
func (p *GraclusPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Select implements Pooler: by the heaviest edges.
func (p *GraclusPool) Select(_ *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		ensure(p.check())
		lower := must(ops.HeavyEdgeMatching(edgesByPlace(in), in.Segments()))
		return must(p.SelectClusters(in, lower, nil))
	})
}

// edgesByPlace is A as one sparse matrix of all rows, with one entry a place.
func edgesByPlace(in modes.Graph) ops.Sparse {
	flat := must(in.Flatten())
	return must(ops.Coalesce(flat.A.(modes.SparseAdj).Sparse, in.X.Like()))
}
