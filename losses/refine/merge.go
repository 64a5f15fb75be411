package refine

import (
	"cmp"
	"container/heap"
	"fmt"
	"maps"
	"slices"

	"github.com/graphpool/graphpool/losses/metrics"
)

// Merge joins two clusters at a time, those whose joining lowers modularity
// least, until at most k are left, numbered from 0 in the order of their first
// node. clusters may have any numbers from 0 up.
//
// Source: Clauset, Newman, Moore, Finding community structure in very large
// networks, 2004, arXiv:cond-mat/0408187.
func Merge(g metrics.Graph, clusters []int, k int) ([]int, error) {
	if k < 1 {
		return nil, fmt.Errorf("refine: k = %d, want at least 1", k)
	}
	most := 1
	for _, c := range clusters {
		most = max(most, c+1)
	}
	if most > len(clusters) { // numbers with gaps
		clusters, most = dense(clusters)
	}
	h, of, err := newGraph(g, clusters, most)
	if err != nil {
		return nil, err
	}
	of, used := renumber(of, most)
	m := newMerger(h.aggregate(of, used))
	for used > k && m.join() {
		used--
	}
	for i, c := range of {
		of[i] = m.root(c)
	}
	of, _ = renumber(of, len(m.into))
	return ints(of), nil
}

// dense is clusters numbered without gaps; negative ones stay, to be refused.
func dense(clusters []int) ([]int, int) {
	to, out := map[int]int{}, make([]int, len(clusters))
	for i, c := range clusters {
		if c < 0 {
			out[i] = c
			continue
		}
		if _, ok := to[c]; !ok {
			to[c] = len(to)
		}
		out[i] = to[c]
	}
	return out, max(1, len(to))
}

// merger joins the nodes of a graph.
type merger struct {
	into   []int32 // what a node was joined into; itself where it was not
	volume []float64
	edges  []map[int32]float64
	total  float64
	pairs  pairs
	small  []int32 // nodes by their volume at the start
	state  []int   // grows when a node changes
}

func newMerger(g *graph) *merger {
	n := g.nodes()
	m := &merger{into: singletons(n), volume: g.degree, edges: make([]map[int32]float64, n), total: g.total, small: singletons(n), state: make([]int, n)}
	for i := range m.edges {
		m.edges[i] = map[int32]float64{}
		for e := g.ptr[i]; e < g.ptr[i+1]; e++ {
			m.edges[i][g.col[e]] += g.weight(e)
		}
		for e := g.ptr[i]; e < g.ptr[i+1]; e++ {
			if int(g.col[e]) > i {
				m.pairs = append(m.pairs, m.pair(int32(i), g.col[e]))
			}
		}
	}
	heap.Init(&m.pairs)
	slices.SortFunc(m.small, m.bySize)
	return m
}

func (m *merger) bySize(a, b int32) int {
	return cmp.Or(cmp.Compare(m.volume[a], m.volume[b]), cmp.Compare(a, b))
}

// pair is a possible joining and what it is worth.
type pair struct {
	gain   float64
	a, b   int32
	at, bt int // the states for which gain holds
}

func (m *merger) pair(a, b int32) pair {
	a, b = min(a, b), max(a, b)
	gain := m.edges[a][b]
	if m.total > 0 {
		gain -= m.volume[a] / m.total * m.volume[b]
	}
	return pair{gain: gain, a: a, b: b, at: m.state[a], bt: m.state[b]}
}

// join joins the best pair: the best of those with an edge, or the two smallest.
func (m *merger) join() bool {
	for len(m.pairs) > 0 && (m.state[m.pairs[0].a] != m.pairs[0].at || m.state[m.pairs[0].b] != m.pairs[0].bt) {
		heap.Pop(&m.pairs)
	}
	best, ok := m.smallest()
	if len(m.pairs) > 0 && (!ok || m.pairs[0].gain >= best.gain) {
		best, ok = m.pairs[0], true
	}
	if ok {
		m.merge(best.a, best.b)
	}
	return ok
}

// smallest is the pair of the two clusters with the least volume.
func (m *merger) smallest() (pair, bool) {
	m.small = slices.DeleteFunc(m.small, func(i int32) bool { return m.into[i] != i })
	if len(m.small) < 2 {
		return pair{}, false
	}
	return m.pair(m.small[0], m.small[1]), true
}

// merge joins b into a, or a into b where a has fewer edges.
func (m *merger) merge(a, b int32) {
	if len(m.edges[a]) < len(m.edges[b]) {
		a, b = b, a
	}
	m.into[b] = a
	m.volume[a] += m.volume[b]
	m.state[a]++
	m.state[b]++
	delete(m.edges[a], b)
	for c, w := range m.edges[b] {
		if c != a {
			m.edges[a][c] += w
			m.edges[c][a] = m.edges[a][c]
			delete(m.edges[c], b)
		}
	}
	m.edges[b] = nil
	for _, c := range slices.Sorted(maps.Keys(m.edges[a])) {
		heap.Push(&m.pairs, m.pair(a, c))
	}
	at := slices.Index(m.small, a)
	m.small = slices.Delete(m.small, at, at+1)
	to, _ := slices.BinarySearchFunc(m.small, a, m.bySize)
	m.small = slices.Insert(m.small, to, a)
}

func (m *merger) root(i int32) int32 {
	for m.into[i] != i {
		i = m.into[i]
	}
	return i
}

// pairs is a heap, the best pair first.
type pairs []pair

func (p pairs) Len() int      { return len(p) }
func (p pairs) Swap(i, j int) { p[i], p[j] = p[j], p[i] }
func (p *pairs) Push(x any)   { *p = append(*p, x.(pair)) }
func (p pairs) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(p[j].gain, p[i].gain), cmp.Compare(p[i].a, p[j].a), cmp.Compare(p[i].b, p[j].b)) < 0
}

func (p *pairs) Pop() any {
	last := len(*p) - 1
	x := (*p)[last]
	*p = (*p)[:last]
	return x
}
