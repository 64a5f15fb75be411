package refine

import (
	"slices"

	"github.com/graphpool/graphpool/losses/metrics"
)

// Disconnected is the number of clusters whose nodes the edges inside the
// cluster do not join together. Nodes without edges do not count: nothing
// could join them.
func Disconnected(g metrics.Graph, clusters []int) (int, error) {
	h, of, k, err := anyNumbers(g, clusters)
	if err != nil {
		return 0, err
	}
	pieces, n := h.pieces(of)
	count := make([]int, k)
	seen := make([]bool, n)
	for i, p := range pieces {
		if h.joined(i) && !seen[p] {
			seen[p] = true
			count[of[i]]++
		}
	}
	bad := 0
	for _, c := range count {
		if c > 1 {
			bad++
		}
	}
	return bad, nil
}

// Split makes each connected piece of a cluster a cluster of its own: the one
// with most nodes, of several the first, keeps the number, the others get new
// ones behind the largest. Nodes without edges keep theirs.
func Split(g metrics.Graph, clusters []int) ([]int, error) {
	h, of, _, err := anyNumbers(g, clusters)
	if err != nil {
		return nil, err
	}
	out, next := append([]int(nil), clusters...), 0
	for _, c := range clusters {
		next = max(next, c+1)
	}
	for _, nodes := range h.loose(of) {
		for _, i := range nodes {
			out[i] = next
		}
		next++
	}
	return out, nil
}

// Reassign moves each connected piece of a cluster, but for the one with most
// nodes, to the cluster to which modularity likes it best among those that its
// edges lead to. No cluster is added. A piece that no edge leaves stays: where
// the graph itself falls apart into more pieces than there are clusters, some
// clusters are disconnected.
func Reassign(g metrics.Graph, clusters []int) ([]int, error) {
	h, of, k, err := anyNumbers(g, clusters)
	if err != nil {
		return nil, err
	}
	name := make([]int, k)
	for i, c := range of {
		name[c] = clusters[i]
	}
	m := newMover(h, of, k, nil)
	for {
		moved := false
		for _, nodes := range h.loose(of) {
			if to, ok := m.bestFor(nodes); ok {
				for _, i := range nodes {
					m.move(int(i), to)
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

// joined tells whether node i has an edge to another.
func (g *graph) joined(i int) bool {
	for e := g.ptr[i]; e < g.ptr[i+1]; e++ {
		if int(g.col[e]) != i {
			return true
		}
	}
	return false
}

// pieces is the connected piece of its cluster in which each node lies,
// numbered from 0 in the order of their first node.
func (g *graph) pieces(of []int32) (piece []int32, count int) {
	piece = make([]int32, g.nodes())
	for i := range piece {
		piece[i] = -1
	}
	var stack []int32
	for i := range piece {
		if piece[i] >= 0 {
			continue
		}
		piece[i], stack = int32(count), append(stack, int32(i))
		for len(stack) > 0 {
			at := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			for e := g.ptr[at]; e < g.ptr[at+1]; e++ {
				if j := g.col[e]; piece[j] < 0 && of[j] == of[i] {
					piece[j], stack = int32(count), append(stack, j)
				}
			}
		}
		count++
	}
	return piece, count
}

// loose is the nodes of each piece that is not the largest of its cluster, in
// the order of their first nodes; no nodes without edges.
func (g *graph) loose(of []int32) [][]int32 {
	piece, n := g.pieces(of)
	first, members := byGroup(piece, n)
	largest := map[int32]int{} // by cluster
	size := func(p int) int { return int(first[p+1] - first[p]) }
	for p := range n {
		i := members[first[p]]
		if !g.joined(int(i)) {
			continue
		}
		if at, ok := largest[of[i]]; !ok || size(p) > size(at) {
			largest[of[i]] = p
		}
	}
	var out [][]int32
	for p := range n {
		nodes := members[first[p]:first[p+1]]
		if g.joined(int(nodes[0])) && largest[of[nodes[0]]] != p {
			out = append(out, slices.Clone(nodes))
		}
	}
	return out
}
