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
	return s.parts(clusters, ids, sizes, pieces(g, ids)), nil
}

// parts is a Part for each of the sizes; roots is the first node of the piece of
// each node.
func (s cuts) parts(clusters []int, ids []int32, sizes []int64, roots []int32) []Part {
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
	for i, root := range roots {
		if ids[i] != Unassigned && int(root) == i {
			out[ids[i]].Components++
		}
	}
	slices.SortFunc(out, func(a, b Part) int { return cmp.Compare(a.Cluster, b.Cluster) })
	return out
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
	return s.coverage(), nil
}

func (s cuts) coverage() float64 {
	if s.total == 0 {
		return math.NaN()
	}
	var inside float64
	for _, v := range s.inside {
		inside += v
	}
	return inside / s.total
}

// pieces returns, for each node, the first node of its piece when only edges
// inside clusters are kept.
func pieces(g Graph, ids []int32) []int32 {
	f := newForest(len(ids))
	for i := range int32(len(ids)) {
		for _, j := range g.Col[g.RowPtr[i]:g.RowPtr[i+1]] {
			if ids[i] == ids[j] {
				f.join(i, j)
			}
		}
	}
	return f.roots()
}

// forest is union-find with halved paths: the parent of each node, itself for a
// root, which is the first node of its piece.
type forest []int32

func newForest(n int) forest {
	f := make(forest, n)
	for i := range f {
		f[i] = int32(i)
	}
	return f
}

func (f forest) root(i int32) int32 {
	for f[i] != i {
		f[i] = f[f[i]]
		i = f[i]
	}
	return i
}

func (f forest) join(i, j int32) {
	a, b := f.root(i), f.root(j)
	f[max(a, b)] = min(a, b)
}

// roots is f with the root of each node in its place.
func (f forest) roots() forest {
	for i := range f {
		f[i] = f.root(int32(i))
	}
	return f
}
