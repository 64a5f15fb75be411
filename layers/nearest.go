package layers

import (
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// joinNearest is sel with every row in the cluster of the row kept that is the
// fewest entries of A away; see ops.Nearest. Clusters have the places of Index.
func joinNearest(in modes.Graph, sel Selection) Selection {
	flat := must(in.Flatten())
	sel.Cluster = must(ops.Nearest(flat.A.(modes.SparseAdj).Sparse, sel.Index, in.Segments()))
	return sel
}

// aroundKept is the verbs of the clusters around rows kept, of as many places as
// Index has.
func aroundKept(in modes.Graph, sel Selection) *HardClusters {
	places := sel.Index.Shape().TotalSize()
	if padded(in.Mode) {
		places /= in.Graphs
	}
	return &HardClusters{Places: places}
}
