package refine

import (
	"math/rand/v2"

	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/ops/host"
)

// rounds is the most rounds of MultiLevel, and leastGain the modularity that a
// round must bring for another to follow.
const (
	rounds    = 5
	leastGain = 1e-7
)

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
	settle(g, of, k, r, singletons(g.nodes()))
	for range rounds {
		if descend(g, of, k, r, true) <= leastGain*g.total/2 {
			return
		}
	}
}

// settle moves nodes among k clusters, those of first to begin with, and tells
// what that brought.
func settle(g *graph, of []int32, k int, r *rand.Rand, first []int32) (gain float64) {
	m := newMover(g, of, k)
	m.beginEmpty()
	m.run(r, first)
	return m.gain
}

// descend moves the groups of the nodes of g among the clusters, from the
// largest down, and at last the nodes, and tells what that brought. Where the
// nodes are settled, only those are visited whose group moved, or one beside.
func descend(g *graph, of []int32, k int, r *rand.Rand, settled bool) (gain float64) {
	group, groups := subgroups(g, of, k, r)
	if groups == g.nodes() {
		if settled {
			return 0
		}
		return settle(g, of, k, r, singletons(groups))
	}
	upper := make([]int32, groups)
	for i, c := range group {
		upper[c] = of[i]
	}
	gain = descend(g.aggregate(group, groups), upper, k, r, false)
	moved := make([]bool, len(of))
	for i, c := range group {
		moved[i] = of[i] != upper[c]
		of[i] = upper[c]
	}
	first := singletons(len(of))
	if settled {
		first = g.around(moved)
	}
	return gain + settle(g, of, k, r, first)
}

// around is the nodes that are marked and those beside them, ascending.
func (g *graph) around(marked []bool) (out []int32) {
	near := append([]bool{}, marked...)
	for i, m := range marked {
		if m {
			for _, j := range g.col[g.ptr[i]:g.ptr[i+1]] {
				near[j] = true
			}
		}
	}
	for i, m := range near {
		if m {
			out = append(out, int32(i))
		}
	}
	return out
}

// subgroups is groups of nodes that lie in one cluster each, by Louvain's moves
// from single nodes within every cluster, several clusters at a time. Groups are
// numbered cluster by cluster, and there in the order of their first node.
func subgroups(g *graph, of []int32, k int, r *rand.Rand) (group []int32, count int) {
	first, members := byGroup(of, k)
	seed, place := r.Uint64(), make([]int32, len(of))
	found, counts := make([][]int32, k), make([]int, k)
	for c := range k {
		for at, i := range members[first[c]:first[c+1]] {
			place[i] = int32(at)
		}
	}
	host.Blocks(k, func(c int) {
		nodes := members[first[c]:first[c+1]]
		found[c], counts[c] = firstGroups(g.part(nodes, of, place), rand.New(rand.NewPCG(seed, uint64(c))))
	})
	group = make([]int32, len(of))
	for c := range k {
		for at, i := range members[first[c]:first[c+1]] {
			group[i] = int32(count) + found[c][at]
		}
		count += counts[c]
	}
	return group, count
}

// firstGroups is the groups that single nodes form.
func firstGroups(g *graph, r *rand.Rand) (group []int32, count int) {
	group = singletons(g.nodes())
	if newMover(g, group, len(group)).run(r, singletons(g.nodes())) == 0 {
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
