package layers

import (
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// SEPPool clusters nodes so that the structural entropy of the graph is small,
// that is, the code length of a step of a random walk with a tree of height 2
// (root, clusters, nodes), for each graph:
//
//	H = −Σ_c g_c/V·log₂(V_c/V) − Σ_i d_i/V·log₂(d_i/V_c(i))
//	V_c = Σ_{i in c} d_i,  V = Σ_i d_i,  g_c the weight of the edges that leave c
//
// The two clusters whose union lowers H most are merged, until no union lowers
// it; then single nodes move to the cluster of a neighbour while that lowers H.
// The number of clusters depends on the graph. See HardClusters for X', A' and
// lift. The layer has no weights: the clusters depend only on A, and
// modes.Coarsen can compute them before training.
//
// A is read as A + Aᵀ without self loops and weights below 0. Clusters are
// ordered by their lowest nodes; an isolated node is its own cluster, and no
// cluster crosses components. Another order of the nodes may give other
// clusters where unions tie, but the same order always gives the same.
//
// Modes: all. Gradient: as HardClusters.
// Errors: a weight that is NaN, or weights whose sum is not finite, when run.
//
// Source: Wu, Chen, Xu, Li, Structural Entropy Guided Graph Hierarchical Pooling,
// ICML 2022, arXiv 2206.13510. A hierarchy is a pool on a pool here, where the
// paper takes levels of one higher tree. The authors' code and tgp's SEPPooling
// go on to a binary tree of all nodes, which they cut down to the height, move no
// nodes, and divide each component by a volume of its own.
type SEPPool struct {
	HardClusters
	made
}

// NewSEPPool is a SEPPool that adds up the features of a cluster, and the weights
// of the edges between two.
func NewSEPPool() *SEPPool {
	return &SEPPool{HardClusters{Reduction: ops.ReduceSum, Merge: ops.ReduceSum}, byNew()}
}

// Class implements Classed.
func (*SEPPool) Class() string { return "seppool" }

// Apply implements Layer.
func (p *SEPPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Select implements Pooler: by unions that lower the entropy.
func (p *SEPPool) Select(_ *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		ensure(p.check())
		lowest := must(ops.EntropyClusters(edgesByPlace(in), in.Segments()))
		return must(p.SelectClusters(in, lowest, nil))
	})
}
