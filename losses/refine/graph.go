package refine

import (
	"fmt"
	"math/rand/v2"

	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/ops/host"
)

// graph is a graph as moves read it: entries off the diagonal by node, the
// degree of each node with the diagonal in it.
type graph struct {
	ptr, col []int32
	weights  []float64 // nil: all 1
	degree   []float64
	total    float64 // 2m
}

func (g *graph) nodes() int { return len(g.ptr) - 1 }

// newGraph is g, checked by way of clusters, which it counts into numbers from
// 0 to k−1.
func newGraph(g metrics.Graph, clusters []int, k int) (*graph, []int32, error) {
	if _, err := metrics.Modularity(g, clusters); err != nil {
		return nil, nil, fmt.Errorf("refine: %w", err)
	}
	of, err := numbers(clusters, k)
	if err != nil {
		return nil, nil, err
	}
	h := &graph{ptr: g.RowPtr, col: g.Col, weights: g.Weights, degree: make([]float64, g.Nodes())}
	if g.Nodes() == 0 {
		h.ptr = []int32{0}
	}
	for i := range h.degree {
		for e := h.ptr[i]; e < h.ptr[i+1]; e++ {
			h.degree[i] += h.weight(e)
		}
		h.total += h.degree[i]
	}
	return h, of, nil
}

// numbers is the cluster of each node, checked to be from 0 to k−1.
func numbers(clusters []int, k int) ([]int32, error) {
	if k < 0 {
		return nil, fmt.Errorf("refine: k = %d, want at least 0", k)
	}
	of := make([]int32, len(clusters))
	for i, c := range clusters {
		if c < 0 || c >= k {
			return nil, fmt.Errorf("refine: clusters[%d] = %d, want 0 to %d", i, c, k-1)
		}
		of[i] = int32(c)
	}
	return of, nil
}

func (g *graph) weight(e int32) float64 {
	if g.weights == nil {
		return 1
	}
	return g.weights[e]
}

// part is the graph of some nodes of one cluster with the edges among them;
// place is the place of each node in its cluster. Degrees are those in g.
func (g *graph) part(nodes, of, place []int32) *graph {
	if len(nodes) == g.nodes() {
		return g
	}
	p := &graph{ptr: make([]int32, len(nodes)+1), degree: make([]float64, len(nodes)), total: g.total}
	most := 0
	for _, i := range nodes {
		most += int(g.ptr[i+1] - g.ptr[i])
	}
	p.col = make([]int32, 0, most)
	if g.weights != nil {
		p.weights = make([]float64, 0, most)
	}
	for at, i := range nodes {
		p.degree[at] = g.degree[i]
		for e := g.ptr[i]; e < g.ptr[i+1]; e++ {
			if j := g.col[e]; of[j] == of[i] {
				p.col = append(p.col, place[j])
				if g.weights != nil {
					p.weights = append(p.weights, g.weights[e])
				}
			}
		}
		p.ptr[at+1] = int32(len(p.col))
	}
	return p
}

// parts is in how many parts a graph is aggregated, several at a time. The
// result does not depend on it.
const parts = 16

// aggregate is the graph whose nodes are the groups 0 to k−1 of the nodes of g:
// weights between groups add up; those inside count in degrees alone.
func (g *graph) aggregate(group []int32, k int) *graph {
	a := &graph{
		ptr: make([]int32, k+1), degree: make([]float64, k), total: g.total,
		col: make([]int32, len(g.col)), weights: make([]float64, len(g.col)),
	}
	room := make([]int32, k+1) // where the entries of each group may begin
	for i, c := range group {
		a.degree[c] += g.degree[i]
		room[c+1] += g.ptr[i+1] - g.ptr[i]
	}
	for c := range k {
		room[c+1] += room[c]
	}
	first, members := byGroup(group, k)
	host.Blocks(parts, func(b int) {
		n := newNeighbours(k)
		for c := int32(b * k / parts); c < int32((b+1)*k/parts); c++ {
			for _, i := range members[first[c]:first[c+1]] {
				n.add(g, int(i), group)
			}
			at := room[c]
			for _, to := range n.met {
				if to != c {
					a.col[at], a.weights[at] = to, n.weight[to]
					at++
				}
			}
			a.ptr[c+1] = at - room[c]
			n.reset()
		}
	})
	for c := range k {
		from, entries := room[c], a.ptr[c+1]
		a.ptr[c+1] += a.ptr[c]
		copy(a.col[a.ptr[c]:], a.col[from:from+entries])
		copy(a.weights[a.ptr[c]:], a.weights[from:from+entries])
	}
	a.col, a.weights = a.col[:a.ptr[k]], a.weights[:a.ptr[k]]
	return a
}

// byGroup is the nodes of group c at members[first[c]:first[c+1]], ascending.
func byGroup(group []int32, k int) (first, members []int32) {
	first = make([]int32, k+1)
	for _, c := range group {
		first[c+1]++
	}
	for c := range k {
		first[c+1] += first[c]
	}
	next := append([]int32(nil), first[:k]...)
	members = make([]int32, len(group))
	for i, c := range group {
		members[next[c]] = int32(i)
		next[c]++
	}
	return first, members
}

// neighbours adds up the weights to the clusters that a node is joined to.
type neighbours struct {
	weight []float64 // 0: not met
	met    []int32   // in the order in which they were met
}

func newNeighbours(k int) *neighbours { return &neighbours{weight: make([]float64, k)} }

// add counts the entries of node i, but not the diagonal.
func (n *neighbours) add(g *graph, i int, of []int32) {
	for e := g.ptr[i]; e < g.ptr[i+1]; e++ {
		j, w := g.col[e], g.weight(e)
		if int(j) != i {
			n.count(of[j], w)
		}
	}
}

// count adds the weight of an entry to cluster c.
func (n *neighbours) count(c int32, w float64) {
	if w == 0 {
		return
	}
	if n.weight[c] == 0 {
		n.met = append(n.met, c)
	}
	n.weight[c] += w
}

func (n *neighbours) reset() {
	for _, c := range n.met {
		n.weight[c] = 0
	}
	n.met = n.met[:0]
}

// renumber makes the numbers in use dense, in the order of their first node.
func renumber(group []int32, k int) (dense []int32, used int) {
	to := make([]int32, k)
	dense = make([]int32, len(group))
	for i, c := range group {
		if to[c] == 0 {
			used++
			to[c] = int32(used)
		}
		dense[i] = to[c] - 1
	}
	return dense, used
}

func random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0x7ef1e)) }

// ints is the result of a function.
func ints(of []int32) []int {
	out := make([]int, len(of))
	for i, c := range of {
		out[i] = int(c)
	}
	return out
}
