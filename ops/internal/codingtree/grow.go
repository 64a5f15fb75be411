package codingtree

import "math"

// eager is the most neighbours of a new cluster with all of which its pairs are
// weighed at once.
const eager = 32

// pair is two clusters, by their labels, and the weight of the edges between
// them.
type pair struct {
	a, b int32
	cut  float64
}

// growing is the clusters so far. One of the nodes of a cluster is its label.
// Clusters are numbered in the order in which they come to be, the nodes first.
type growing struct {
	graph  Graph
	of     []float64         // the volume of each part
	into   []int32           // the label that a label went into, itself while it is one
	number []int32           // of the cluster of each label
	volume []float64         // V_c, by number
	inner  []float64         // V_c − g_c, twice the weight of the edges within, by number
	near   []map[int32]int32 // the pair with each neighbour, by label
	pairs  []pair
	heap   *heap // of pairs
}

func newGrowing(g Graph) *growing {
	n, edges := g.nodes(), len(g.Col)/2
	t := &growing{
		graph: g, into: make([]int32, n), number: make([]int32, n), inner: make([]float64, n, 2*n),
		near: make([]map[int32]int32, n), pairs: make([]pair, 0, edges), heap: newHeap(edges),
	}
	t.volume, t.of = g.Degrees()
	for i := range t.near {
		t.into[i], t.number[i] = int32(i), int32(i)
		t.near[i] = make(map[int32]int32, g.Ptr[i+1]-g.Ptr[i])
	}
	for i := range t.near {
		for e := g.Ptr[i]; e < g.Ptr[i+1]; e++ {
			if j := g.Col[e]; int(j) > i {
				p := int32(len(t.pairs))
				t.pairs = append(t.pairs, pair{int32(i), j, g.Weight[e]})
				t.near[i][j], t.near[j][int32(i)] = p, p
				t.heap.set(p, t.key(p))
			}
		}
	}
	return t
}

// key is V times what the union of a pair adds to the entropy,
//
//	m_a·log₂(V_ab/V_a) + m_b·log₂(V_ab/V_b) − 2·cut·log₂(V/V_ab),  m = V_c − g_c,
//
// and the numbers of its clusters, the older one first.
func (t *growing) key(p int32) key {
	x := t.pairs[p]
	a, b := t.number[x.a], t.number[x.b]
	va, vb := t.volume[a], t.volume[b]
	both, all := va+vb, t.of[t.graph.Of[x.a]]
	added := t.inner[a]*math.Log2(both/va) + t.inner[b]*math.Log2(both/vb) - 2*x.cut*math.Log2(all/both)
	return key{added, min(a, b), max(a, b)}
}

// grow makes the best pair one, and tells whether there was one that lowers the
// entropy.
func (t *growing) grow() bool {
	for len(t.heap.items) > 0 {
		p := t.heap.top()
		k, old := t.key(p), t.heap.keys[p]
		switch {
		case old.value >= 0:
			return false
		case k.value >= 0 || t.outgrown(p):
			t.heap.set(p, k)
		default:
			t.join(p)
			return true
		}
	}
	return false
}

// outgrown tells whether the clusters of a pair have grown by more than an
// eighth since its key was made.
func (t *growing) outgrown(p int32) bool {
	x, k := t.pairs[p], t.heap.keys[p]
	now := t.volume[t.number[x.a]] + t.volume[t.number[x.b]]
	return now > 1.125*(t.volume[k.lo]+t.volume[k.hi])
}

// join makes the two clusters of a pair one. The one with more neighbours keeps
// its label.
func (t *growing) join(p int32) {
	x := t.pairs[p]
	large, small := x.a, x.b
	if len(t.near[small]) > len(t.near[large]) {
		large, small = small, large
	}
	a, b := t.number[x.a], t.number[x.b]
	t.into[small], t.number[large] = large, int32(len(t.volume))
	t.volume, t.inner = append(t.volume, t.volume[a]+t.volume[b]), append(t.inner, t.inner[a]+t.inner[b]+2*x.cut)
	t.heap.remove(p)
	delete(t.near[large], small)
	delete(t.near[small], large)
	changed := make([]int32, 0, len(t.near[small]))
	for other, q := range t.near[small] { // in any order: each is on its own
		delete(t.near[other], small)
		if r, both := t.near[large][other]; both {
			t.pairs[r].cut += t.pairs[q].cut
			t.heap.remove(q)
			changed = append(changed, r)
			continue
		}
		t.pairs[q] = pair{large, other, t.pairs[q].cut}
		t.near[large][other], t.near[other][large] = q, q
		changed = append(changed, q)
	}
	t.near[small] = nil
	if len(t.near[large]) > eager {
		for _, q := range changed {
			t.heap.set(q, t.key(q))
		}
		return
	}
	for _, q := range t.near[large] {
		t.heap.set(q, t.key(q))
	}
}

// clusters is the label of each node's cluster.
func (t *growing) clusters() []int {
	out := make([]int, len(t.into))
	for i := range out {
		c := int32(i)
		for t.into[c] != c {
			t.into[c] = t.into[t.into[c]]
			c = t.into[c]
		}
		out[i] = int(c)
	}
	return out
}
