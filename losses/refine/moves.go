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
	m, r := newMover(h, of, k, nil), random(seed)
	for range maxRuns {
		if m.run(r) == 0 {
			break
		}
	}
	return ints(of), nil
}

// mover moves the nodes of a graph.
type mover struct {
	g      *graph
	of     []int32 // the cluster of each node
	fence  []int32 // cluster c takes only nodes whose fence is that of node c, which began it; nil: all
	volume []float64
	count  []int32
	empty  []int32 // clusters without nodes; may name others too
	near   *neighbours
}

// newMover is a mover of nodes among k clusters, changing of. With a fence each
// node has a cluster of its own at first, and none begins an empty one.
func newMover(g *graph, of []int32, k int, fence []int32) *mover {
	m := &mover{g: g, of: of, fence: fence, volume: make([]float64, k), count: make([]int32, k), near: newNeighbours(k)}
	for i, c := range of {
		m.volume[c] += g.degree[i]
		m.count[c]++
	}
	for c := k - 1; c >= 0 && fence == nil; c-- {
		if m.count[c] == 0 {
			m.empty = append(m.empty, int32(c))
		}
	}
	return m
}

// run visits nodes until none wants to move, and counts the moves.
func (m *mover) run(r *rand.Rand) (moved int) {
	n := m.g.nodes()
	if m.g.total <= 0 {
		return 0
	}
	queue, waiting := make([]int32, n), make([]bool, n)
	for i := range queue {
		queue[i], waiting[i] = int32(i), true
	}
	r.Shuffle(n, func(i, j int) { queue[i], queue[j] = queue[j], queue[i] })
	for visits, at, left := 0, 0, n; left > 0 && visits < maxVisits*n; visits++ {
		i := queue[at]
		waiting[i] = false
		left--
		if m.visit(int(i)) {
			moved++
			for e := m.g.ptr[i]; e < m.g.ptr[i+1]; e++ {
				j := m.g.col[e]
				if !waiting[j] && m.of[j] != m.of[i] && (m.fence == nil || m.fence[j] == m.fence[i]) {
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

// visit moves node i to its best cluster and tells whether that is another.
func (m *mover) visit(i int) bool {
	from, d := m.of[i], m.g.degree[i]
	m.near.add(m.g, i, m.of)
	defer m.near.reset()
	rate := d / m.g.total
	stay := m.near.weight[from] - rate*(m.volume[from]-d)
	best, gain := from, stay
	for _, c := range m.near.met {
		if c == from || m.fence != nil && m.fence[c] != m.fence[i] {
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
	m.move(i, best)
	return true
}

func (m *mover) move(i int, to int32) {
	from, d := m.of[i], m.g.degree[i]
	m.volume[from] -= d
	m.volume[to] += d
	m.count[to]++
	if m.count[from]--; m.count[from] == 0 && m.fence == nil {
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
