package refine

import "github.com/graphpool/graphpool/losses/metrics"

// Disconnected is the number of clusters that fall into pieces which edges of
// the graph could join: those with two or more connected pieces that have edges
// to other clusters. A piece without such edges is a whole component of the
// graph, a single node perhaps, and does not count: where there are more
// components than clusters, some must share one.
func Disconnected(g metrics.Graph, clusters []int) (int, error) {
	h, of, k, err := anyNumbers(g, clusters)
	if err != nil {
		return 0, err
	}
	seen := make([]int, k)
	for _, nodes := range h.pieces(of) {
		if h.leaves(nodes, of) {
			seen[of[nodes[0]]]++
		}
	}
	bad := 0
	for _, n := range seen {
		if n > 1 {
			bad++
		}
	}
	return bad, nil
}

// Split makes each connected piece of a cluster a cluster of its own, whole
// components of the graph too: the one with most nodes, of several the first,
// keeps the number, the others get new ones behind the largest. Nodes without an
// edge stay where they are: each would be a cluster of one, and no edge says
// where it belongs. So the clusters that are left in pieces have such nodes.
func Split(g metrics.Graph, clusters []int) ([]int, error) {
	h, of, _, err := anyNumbers(g, clusters)
	if err != nil {
		return nil, err
	}
	out, next := append([]int{}, clusters...), 0
	for _, c := range clusters {
		next = max(next, c+1)
	}
	all := h.pieces(of)
	for _, nodes := range notLargest(all, of, func(nodes []int32) bool { return len(nodes) > 1 || h.leaves(nodes, of) }) {
		for _, i := range nodes {
			out[i] = next
		}
		next++
	}
	return out, nil
}

// Reassign moves each connected piece of a cluster, but for the one with most
// nodes, to the cluster with the best modularity among those that its edges
// lead to, until Disconnected is 0. No cluster is added. Whole components of the
// graph stay where they are.
func Reassign(g metrics.Graph, clusters []int) ([]int, error) {
	h, of, k, err := anyNumbers(g, clusters)
	if err != nil {
		return nil, err
	}
	name := make([]int, k)
	for i, c := range of {
		name[c] = clusters[i]
	}
	m := newMover(h, of, k)
	for {
		moved := false
		for _, nodes := range h.loose(of) {
			if to, ok := m.bestFor(nodes); ok {
				for _, i := range nodes {
					m.move(int(i), h.degree[i], to)
				}
				moved = true
			}
		}
		if !moved {
			break
		}
	}
	out := make([]int, len(of))
	for i, c := range of {
		out[i] = name[c]
	}
	return out, nil
}

// bestFor is the neighbouring cluster for a whole piece.
func (m *mover) bestFor(nodes []int32) (best int32, ok bool) {
	var d float64
	for _, i := range nodes {
		d += m.g.degree[i]
		m.near.add(m.g, int(i), m.of)
	}
	defer m.near.reset()
	from, top := m.of[nodes[0]], 0.
	for _, c := range m.near.met {
		if c == from {
			continue
		}
		if v := m.near.weight[c] - d/m.g.total*m.volume[c]; !ok || v > top {
			best, top, ok = c, v, true
		}
	}
	return best, ok
}

// anyNumbers is newGraph for clusters of any numbers from 0 up.
func anyNumbers(g metrics.Graph, clusters []int) (*graph, []int32, int, error) {
	numbers, k := dense(clusters)
	h, of, err := newGraph(g, numbers, k)
	return h, of, k, err
}

// leaves tells whether an edge leads from the nodes, of one cluster, to another.
func (g *graph) leaves(nodes, of []int32) bool {
	for _, i := range nodes {
		for e := g.ptr[i]; e < g.ptr[i+1]; e++ {
			if of[g.col[e]] != of[i] {
				return true
			}
		}
	}
	return false
}

// pieces is the nodes of each connected piece of a cluster, in the order of
// their first nodes.
func (g *graph) pieces(of []int32) [][]int32 {
	seen := make([]bool, g.nodes())
	var out [][]int32
	for i := range seen {
		if seen[i] {
			continue
		}
		seen[i] = true
		nodes := []int32{int32(i)}
		for at := 0; at < len(nodes); at++ {
			from := nodes[at]
			for e := g.ptr[from]; e < g.ptr[from+1]; e++ {
				if j := g.col[e]; !seen[j] && of[j] == of[i] {
					seen[j], nodes = true, append(nodes, j)
				}
			}
		}
		out = append(out, nodes)
	}
	return out
}

// loose is the pieces that have edges to other clusters and are not the largest
// such piece of their own.
func (g *graph) loose(of []int32) [][]int32 {
	return notLargest(g.pieces(of), of, func(nodes []int32) bool { return g.leaves(nodes, of) })
}

// notLargest is the pieces that count and are not the largest such piece of
// their cluster, of several the first.
func notLargest(all [][]int32, of []int32, counts func(nodes []int32) bool) [][]int32 {
	largest := map[int32]int{} // by cluster
	open := make([]bool, len(all))
	for p, nodes := range all {
		if open[p] = counts(nodes); !open[p] {
			continue
		}
		c := of[nodes[0]]
		if at, ok := largest[c]; !ok || len(nodes) > len(all[at]) {
			largest[c] = p
		}
	}
	var out [][]int32
	for p, nodes := range all {
		if open[p] && largest[of[nodes[0]]] != p {
			out = append(out, nodes)
		}
	}
	return out
}
