package refine

import (
	"math/rand/v2"

	"github.com/graphpool/graphpool/losses/metrics"
)

// Louvain is clusters by Louvain's method, as many as it finds, numbered from 0
// in the order of their first node: nodes move from clusters of their own to
// those of their neighbours while modularity rises; clusters become nodes; and
// so on until nothing moves.
//
// Source: Blondel, Guillaume, Lambiotte, Lefebvre, Fast unfolding of
// communities in large networks, 2008, arXiv:0803.0476.
func Louvain(g metrics.Graph, seed uint64) ([]int, error) {
	h, _, err := newGraph(g, make([]int, g.Nodes()), 1)
	if err != nil {
		return nil, err
	}
	of, _ := louvain(h, random(seed))
	return ints(of), nil
}

func louvain(g *graph, r *rand.Rand) (of []int32, k int) {
	of, k = subgroups(g, make([]int32, g.nodes()), 1, r)
	if k == g.nodes() {
		return of, k
	}
	upper, k := louvain(g.aggregate(of, k), r)
	for i, c := range of {
		of[i] = upper[c]
	}
	return of, k
}
