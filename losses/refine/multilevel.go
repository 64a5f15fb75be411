package refine

import (
	"math/rand/v2"

	"github.com/graphpool/graphpool/losses/metrics"
)

// rounds is the most rounds of MultiLevel.
const rounds = 5

// MultiLevel is Moves, and then rounds in which whole groups of nodes move:
// inside each cluster, groups form by moves from single nodes, and groups of
// groups, as in Louvain's method; then the largest groups move among the
// clusters, then the smaller ones, at last the nodes. It ends when a round
// brings nothing, or after five. Modularity never falls, and the clusters are
// 0 to k−1 as before; some of them may end empty.
//
// Source: R. Rotta, A. Noack, Multilevel Local Search Algorithms for Modularity
// Clustering, ACM JEA 16, 2011; groups inside of clusters as in Traag, Waltman,
// van Eck, From Louvain to Leiden, 2019, arXiv:1810.08473.
func MultiLevel(g metrics.Graph, clusters []int, k int, seed uint64) ([]int, error) {
	h, of, err := newGraph(g, clusters, k)
	if err != nil {
		return nil, err
	}
	multiLevel(h, of, k, random(seed))
	return ints(of), nil
}

func multiLevel(g *graph, of []int32, k int, r *rand.Rand) {
	newMover(g, of, k, nil).run(r)
	q := g.modularity(of, k)
	for range rounds {
		copy(of, descend(g, of, k, r))
		next := g.modularity(of, k)
		if next-q < 1e-7 {
			return
		}
		q = next
	}
}

// descend is the clusters of the nodes of g after those of its groups have
// moved, from the largest down.
func descend(g *graph, of []int32, k int, r *rand.Rand) []int32 {
	group, groups := subgroups(g, of, r)
	if groups < g.nodes() {
		upper := make([]int32, groups)
		for i, c := range group {
			upper[c] = of[i]
		}
		upper = descend(g.aggregate(group, groups), upper, k, r)
		of = make([]int32, len(group))
		for i, c := range group {
			of[i] = upper[c]
		}
	}
	newMover(g, of, k, nil).run(r)
	return of
}

// subgroups is groups of the nodes that lie in one cluster each.
func subgroups(g *graph, of []int32, r *rand.Rand) (group []int32, count int) {
	group = singletons(g.nodes())
	if newMover(g, group, len(group), of).run(r) == 0 {
		return group, len(group)
	}
	return renumber(group, len(group))
}

func singletons(n int) []int32 {
	group := make([]int32, n)
	for i := range group {
		group[i] = int32(i)
	}
	return group
}

// modularity is Q of clusters 0 to k−1 up to the weights inside of nodes, which
// do not change.
func (g *graph) modularity(of []int32, k int) float64 {
	if g.total <= 0 {
		return 0
	}
	var inside, expected float64
	volume := make([]float64, k)
	for i, c := range of {
		volume[c] += g.degree[i]
		for e := g.ptr[i]; e < g.ptr[i+1]; e++ {
			if of[g.col[e]] == c {
				inside += g.weight(e)
			}
		}
	}
	for _, v := range volume {
		expected += v / g.total * (v / g.total)
	}
	return inside/g.total - expected
}
