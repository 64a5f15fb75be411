package losses

import (
	"math"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NameCluster is the name of Cluster.
const NameCluster = "cluster"

// Cluster is the collapse regularisation: how unequal the clusters' sizes are.
//
//	L = √K/n · ‖Σ_i S_i‖₂ − 1,  n the number of nodes
//
// Range: [0, √K − 1] for rows that sum to 1; 0 for clusters of one size, √K − 1
// for all nodes in one cluster.
//
// Shapes: S rows×K; the result is a scalar. The adjacency has no effect.
// Gradient: to S.
// Source: Tsitsulin et al., JMLR 24, 2023, arXiv 2006.16904, eq. 6. In a
// batch, PyG divides the norm of each graph by the number of nodes of every
// graph, and takes the mean of all; here each graph has its own number.
func Cluster(s *G.Node, g modes.Graph, count Count) (*G.Node, error) {
	return build(NameCluster, func() *G.Node {
		return collapse(must(newAssignment(s, g)).sums(ofNodes), count)
	})
}

func collapse(a sums, count Count) *G.Node {
	norm := must(ops.Norm(a.sizes(), 1))
	share := must(ops.Divide(norm, a.countBy(count)))
	return a.mean(must(ops.Affine(share, math.Sqrt(float64(a.clusters())), -1)))
}
