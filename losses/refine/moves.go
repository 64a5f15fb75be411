package refine

import (
	"math/rand/v2"

	"github.com/graphpool/graphpool/losses/metrics"
)

// maxVisits is the most visits to a node in one run, on average, and maxRuns the
// most runs of Moves.
const (
	maxVisits = 50
	maxRuns   = 10
)

// Moves moves single nodes, in an order drawn from the seed, each to the
// cluster of a neighbour with the largest
//
//	w_ic − d_i·v_c/2m,
//
// with w_ic the weight from node i to cluster c and v_c the degrees of c, both
// without i, as long as that raises modularity. A node whose neighbour moved is
// visited again, and all are once none is left, until none moves. Clusters are
// 0 to k−1; a node may begin one that is empty.
func Moves(g metrics.Graph, clusters []int, k int, seed uint64) ([]int, error) {
	h, of, err := newGraph(g, clusters, k)
	if err != nil {
		return nil, err
	}
	m, r := newMover(h, of, k), random(seed)
	m.beginEmpty()
	for range maxRuns {
		if m.run(r, singletons(h.nodes())) == 0 {
			break
		}
	}
	return ints(of), nil
}

// mover moves the nodes of a graph.
type mover struct {
	g      *graph
	of     []int32 // the cluster of each node
	volume []float64
	count  []int32
	empty  []int32 // clusters without nodes that a node may begin; may name others too
	begins bool    // nodes may begin empty clusters
	near   *neighbours

	gain float64 // what the moves brought, in units of Q·m
}

// newMover is a mover of nodes among k clusters, changing of. None begins an
// empty cluster before beginEmpty.
func newMover(g *graph, of []int32, k int) *mover {
	m := countOf(g, of, k)
	for i, c := range of {
		m.volume[c] += g.degree[i]
	}
	return m
}

// countOf is newMover without the volumes.
func countOf(g *graph, of []int32, k int) *mover {
	m := &mover{g: g, of: of, volume: make([]float64, k), count: make([]int32, k), near: newNeighbours(k)}
	for _, c := range of {
		m.count[c]++
	}
	return m
}

// beginEmpty lets nodes begin clusters that have none.
func (m *mover) beginEmpty() {
	m.begins = true
	for c := len(m.count) - 1; c >= 0; c-- {
		if m.count[c] == 0 {
			m.empty = append(m.empty, int32(c))
		}
	}
}

// run visits the nodes of first, in an order drawn from r, and then those beside
// a node that moved, until none wants to move. It counts the moves; first ends
// with other contents.
func (m *mover) run(r *rand.Rand, first []int32) (moved int) {
	n := m.g.nodes()
	if m.g.total <= 0 || len(first) == 0 {
		return 0
	}
	shuffle(r, first)
	queue, waiting := first, make([]bool, n)
	if len(first) < n {
		queue = append(make([]int32, 0, n), first...)[:n]
	}
	for _, i := range first {
		waiting[i] = true
	}
	for visits, at, left := 0, 0, len(first); left > 0 && visits < maxVisits*n; visits++ {
		i := queue[at]
		waiting[i] = false
		left--
		if m.visit(int(i)) {
			moved++
			for _, j := range m.g.col[m.g.ptr[i]:m.g.ptr[i+1]] {
				if !waiting[j] && m.of[j] != m.of[i] {
					end := at + left + 1
					if end >= n {
						end -= n
					}
					queue[end], waiting[j] = j, true
					left++
				}
			}
		}
		if at++; at == n {
			at = 0
		}
	}
	return moved
}

// Large graphs are shuffled in runs of nodes that lie beside each other in
// memory.
const (
	runNodes   = 64
	largeNodes = 1 << 17
)

// shuffle brings nodes in an order drawn from r.
func shuffle(r *rand.Rand, nodes []int32) {
	n := 1
	if len(nodes) >= largeNodes {
		n = runNodes
	}
	r.Shuffle(len(nodes)/n, func(i, j int) {
		for at := range n {
			a, b := &nodes[i*n+at], &nodes[j*n+at]
			*a, *b = *b, *a
		}
	})
}

// visit moves node i to its best cluster and tells whether that is another.
func (m *mover) visit(i int) bool {
	m.near.add(m.g, i, m.of)
	return m.choose(i, m.g.degree[i])
}

// choose is visit of node i of degree d, whose neighbours are counted in near.
func (m *mover) choose(i int, d float64) bool {
	defer m.near.reset()
	from, rate := m.of[i], d/m.g.total
	stay := m.near.weight[from] - rate*(m.volume[from]-d)
	best, gain := from, stay
	for _, c := range m.near.met {
		if c == from {
			continue
		}
		if v := m.near.weight[c] - rate*m.volume[c]; v > gain {
			best, gain = c, v
		}
	}
	if c, ok := m.vacant(); ok && m.count[from] > 1 && gain < 0 {
		best, gain = c, 0
	}
	if best == from || gain-stay <= 1e-12*d {
		return false
	}
	m.gain += gain - stay
	m.move(i, d, best)
	return true
}

// move moves node i of degree d.
func (m *mover) move(i int, d float64, to int32) {
	from := m.of[i]
	m.volume[from] -= d
	m.volume[to] += d
	m.count[to]++
	if m.count[from]--; m.count[from] == 0 && m.begins {
		m.empty = append(m.empty, from)
	}
	m.of[i] = to
}

// vacant is a cluster without nodes, if there is one.
func (m *mover) vacant() (int32, bool) {
	for len(m.empty) > 0 {
		c := m.empty[len(m.empty)-1]
		if m.count[c] == 0 {
			return c, true
		}
		m.empty = m.empty[:len(m.empty)-1]
	}
	return 0, false
}
