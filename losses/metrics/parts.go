package metrics

import (
	"cmp"
	"math"
	"slices"
)

// Part is what one cluster is in its graph. Weights count; without weights every
// edge weighs 1.
type Part struct {
	Cluster int // its number in the clustering
	Size    int // nodes

	// Internal is the weight of the edges inside, Σ_{i,j ∈ c} a_ij / 2 (an entry
	// on the diagonal counts half, as its value is twice the weight of a loop),
	// and Cut that of the edges to other clusters, Σ_{i ∈ c, j ∉ c} a_ij.
	Internal, Cut float64

	// Conductance is Cut over the volume of the smaller side, as in
	// [ConductanceMean]; NaN where a side has no volume.
	Conductance float64

	// Components counts the pieces that the cluster falls into when only the
	// edges inside it are kept; 1 for a connected cluster.
	Components int
}

// Parts describes every used cluster, numbers ascending. Nodes without a cluster
// are left out with their edges. Entries of weight 0 connect. It errs like
// [Modularity].
func Parts(g Graph, clusters []int) ([]Part, error) {
	s, err := newCuts(g, clusters)
	if err != nil {
		return nil, err
	}
	ids, sizes, err := compact("clusters", clusters)
	if err != nil {
		return nil, err
	}
	out := make([]Part, len(sizes))
	for i, c := range ids {
		if c != Unassigned {
			out[c].Cluster = clusters[i]
		}
	}
	for c := range out {
		p := &out[c]
		p.Size, p.Internal, p.Cut = int(sizes[c]), s.inside[c]/2, s.volume[c]-s.inside[c]
		p.Conductance = s.conductanceOf(c)
	}
	for i, root := range pieces(g, ids) {
		if ids[i] != Unassigned && int(root) == i {
			out[ids[i]].Components++
		}
	}
	slices.SortFunc(out, func(a, b Part) int { return cmp.Compare(a.Cluster, b.Cluster) })
	return out, nil
}

// conductanceOf is the conductance of cluster c, NaN where one side has no
// volume.
func (s cuts) conductanceOf(c int) float64 {
	v := s.volume[c]
	if v == 0 || v >= s.total {
		return math.NaN()
	}
	return min((v-s.inside[c])/min(v, s.total-v), 1)
}

// DisconnectedClusters counts the used clusters that are not connected by the
// edges inside them. It errs like [Modularity].
func DisconnectedClusters(g Graph, clusters []int) (int, error) {
	parts, err := Parts(g, clusters)
	n := 0
	for _, p := range parts {
		if p.Components > 1 {
			n++
		}
	}
	return n, err
}

// Coverage returns the share of the edge weight inside clusters,
//
//	Σ_{c_i = c_j} a_ij / Σ a_ij = 1 − [Conductance],
//
// in [0, 1]; NaN for a graph whose entries sum to 0. It errs like [Modularity].
func Coverage(g Graph, clusters []int) (float64, error) {
	s, err := newCuts(g, clusters)
	if err != nil {
		return 0, err
	}
	if s.total == 0 {
		return math.NaN(), nil
	}
	var inside float64
	for _, v := range s.inside {
		inside += v
	}
	return inside / s.total, nil
}

// pieces returns, for each node, the first node of its piece when only edges
// inside clusters are kept: union-find with halved paths.
func pieces(g Graph, ids []int32) []int32 {
	parent := make([]int32, len(ids))
	for i := range parent {
		parent[i] = int32(i)
	}
	root := func(i int32) int32 {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for i := range int32(len(ids)) {
		for _, j := range g.Col[g.RowPtr[i]:g.RowPtr[i+1]] {
			if ids[i] != ids[j] {
				continue
			}
			a, b := root(i), root(j)
			parent[max(a, b)] = min(a, b)
		}
	}
	for i := range parent {
		parent[i] = root(int32(i))
	}
	return parent
}
