package metrics

import (
	"fmt"
	"slices"
)

// Coarse is the graph of the clusters 0 to k−1, A' = CᵀAC with C their
// membership: the weight between two clusters is that of all edges between
// them, and the diagonal has that of the edges inside, from both ends. So
// clusters of its nodes have the modularity that the same clusters have on g.
//
// It errs where g is malformed or a cluster is not from 0 to k−1. Columns
// ascend in each row.
func Coarse(g Graph, clusters []int, k int) (Graph, error) {
	if err := g.check(); err != nil {
		return Graph{}, err
	}
	if len(clusters) != g.Nodes() {
		return Graph{}, fmt.Errorf("metrics: clusters has %d entries, want one a node (%d)", len(clusters), g.Nodes())
	}
	members := make([][]int32, max(k, 0))
	for i, c := range clusters {
		if c < 0 || c >= k {
			return Graph{}, fmt.Errorf("metrics: clusters[%d] = %d, want 0 to %d", i, c, k-1)
		}
		members[c] = append(members[c], int32(i))
	}
	out := Graph{RowPtr: make([]int32, 1, len(members)+1), Weights: []float64{}}
	sum, seen := make([]float64, len(members)), make([]bool, len(members))
	for _, nodes := range members {
		var met []int32
		for _, i := range nodes {
			for p := g.RowPtr[i]; p < g.RowPtr[i+1]; p++ {
				d := int32(clusters[g.Col[p]])
				if !seen[d] {
					seen[d], met = true, append(met, d)
				}
				sum[d] += g.weight(p)
			}
		}
		slices.Sort(met)
		for _, d := range met {
			out.Col, out.Weights = append(out.Col, d), append(out.Weights, sum[d])
			sum[d], seen[d] = 0, false
		}
		out.RowPtr = append(out.RowPtr, int32(len(out.Col)))
	}
	return out, nil
}
