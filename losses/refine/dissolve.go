package refine

import (
	"cmp"
	"container/heap"
	"slices"

	"github.com/graphpool/graphpool/losses/metrics"
)

// Dissolve joins each cluster of fewer than least nodes, as a whole, to the
// cluster next to it, that is joined to it by an edge, with the largest
//
//	w_ab − d_a·d_b/2m,
//
// with w_ab the weight between the two and d their degrees: where modularity
// rises most, or falls least. The smallest cluster comes first, of several the
// one with the lowest number; of neighbours as good, the one with the lowest
// number is taken. It keeps its number, and no number is added.
//
// A cluster that no edge leaves stays as it is: an isolated node, or a whole
// component of the graph. clusters may have any numbers from 0 up.
func Dissolve(g metrics.Graph, clusters []int, least int) ([]int, error) {
	ranks, numbers := ranked(clusters)
	h, of, err := newGraph(g, ranks, len(numbers))
	if err != nil {
		return nil, err
	}
	d := newDissolver(h, of, len(numbers))
	for d.queue.Len() > 0 {
		at := heap.Pop(&d.queue).(sized)
		if at.nodes != d.count[at.c] || d.into[at.c] != at.c || at.nodes >= least {
			continue
		}
		if to, ok := d.neighbour(at.c); ok {
			d.join(at.c, to)
		}
	}
	out := make([]int, len(of))
	for i, c := range of {
		for d.into[c] != c {
			c = d.into[c]
		}
		out[i] = numbers[c]
	}
	return out, nil
}

// ranked is clusters as their ranks among the numbers in use, and these in
// order; negative ones stay, to be refused.
func ranked(clusters []int) (ranks, numbers []int) {
	numbers = slices.Compact(slices.Sorted(slices.Values(clusters)))
	for len(numbers) > 0 && numbers[0] < 0 {
		numbers = numbers[1:]
	}
	ranks = make([]int, len(clusters))
	for i, c := range clusters {
		if ranks[i] = c; c >= 0 {
			ranks[i], _ = slices.BinarySearch(numbers, c)
		}
	}
	return ranks, numbers
}

// dissolver joins the clusters of a graph, its nodes here.
type dissolver struct {
	into   []int32 // what a cluster was joined to; itself where it was not
	count  []int   // nodes
	degree []float64
	edges  []map[int32]float64
	total  float64
	queue  bySize
}

func newDissolver(g *graph, of []int32, k int) *dissolver {
	a := g.aggregate(of, k)
	d := &dissolver{into: singletons(k), count: make([]int, k), degree: a.degree, edges: make([]map[int32]float64, k), total: a.total}
	for _, c := range of {
		d.count[c]++
	}
	for c := range k {
		d.edges[c] = map[int32]float64{}
		for e := a.ptr[c]; e < a.ptr[c+1]; e++ {
			if w := a.weight(e); w > 0 {
				d.edges[c][a.col[e]] = w
			}
		}
		d.queue = append(d.queue, sized{int32(c), d.count[c]})
	}
	heap.Init(&d.queue)
	return d
}

// neighbour is the cluster that a is to join, if an edge leads to one.
func (d *dissolver) neighbour(a int32) (best int32, ok bool) {
	var top float64
	for b, w := range d.edges[a] {
		v := w - d.degree[a]/d.total*d.degree[b]
		if !ok || v > top || v == top && b < best {
			best, top, ok = b, v, true
		}
	}
	return best, ok
}

func (d *dissolver) join(a, b int32) {
	d.into[a] = b
	d.count[b] += d.count[a]
	d.degree[b] += d.degree[a]
	for c, w := range d.edges[a] {
		delete(d.edges[c], a)
		if c != b {
			d.edges[b][c] += w
			d.edges[c][b] = d.edges[b][c]
		}
	}
	d.edges[a] = nil
	heap.Push(&d.queue, sized{b, d.count[b]})
}

// sized is a cluster with the nodes that it had when it was put into a queue.
type sized struct {
	c     int32
	nodes int
}

// bySize is a heap, the smallest cluster first.
type bySize []sized

func (q bySize) Len() int      { return len(q) }
func (q bySize) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *bySize) Push(x any)   { *q = append(*q, x.(sized)) }
func (q bySize) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(q[i].nodes, q[j].nodes), cmp.Compare(q[i].c, q[j].c)) < 0
}

func (q *bySize) Pop() any {
	last := len(*q) - 1
	x := (*q)[last]
	*q = (*q)[:last]
	return x
}
