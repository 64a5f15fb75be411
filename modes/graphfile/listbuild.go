package graphfile

import (
	"fmt"
	"math"
	"slices"
	"sync"
)

// builtRows is the rows of an undirected graph while they are made from a list.
// Row i has a key for each edge of node i: the other node, shifted by one, and
// 1 where the edge leads to i.
type builtRows struct {
	ptr  []int32
	key  []int32
	val  []float32 // nil: no weights
	size []int32   // of each row, once it is merged
	from int       // the node of row 0
	changes
	infinite int // the first node whose weights sum to more than float32 holds, −1: none
	mu       sync.Mutex
}

// buildRows makes the rows of the graph of so many nodes from the edges in the
// blocks, by the rules of the package comment. It takes the blocks' edges away.
// The result does not depend on workers. Time is linear but for sorting rows.
func buildRows(nodes int, blocks []*listBlock, workers int) (*builtRows, error) {
	r := &builtRows{ptr: make([]int32, nodes+1), infinite: -1}
	r.countRows(blocks)
	n := int(r.ptr[nodes])
	r.key = make([]int32, n)
	if len(blocks) > 0 && blocks[0].w != nil {
		r.val = make([]float32, n)
	}
	ranges := r.ranges(min(workers, 8))
	parts(len(ranges), workers, func(i int) { r.fillRows(blocks, ranges[i][0], ranges[i][1]) })
	for _, b := range blocks {
		b.src, b.dst, b.w = nil, nil, nil
	}
	r.size = make([]int32, nodes)
	ranges = r.ranges(16 * workers)
	parts(len(ranges), workers, func(i int) { r.mergeRows(ranges[i][0], ranges[i][1]) })
	if r.infinite >= 0 {
		return r, nil
	}
	r.compact()
	return r, nil
}

// keeps tells whether the e-th edge of b is one: no loop and no weight of 0.
func (b *listBlock) keeps(e int) bool {
	return b.src[e] != b.dst[e] && (b.w == nil || b.w[e] != 0)
}

// countRows counts the edges of each node, and what is dropped.
func (r *builtRows) countRows(blocks []*listBlock) {
	for _, b := range blocks {
		for e, i := range b.src {
			switch {
			case i == b.dst[e]:
				r.loops++
			case b.w != nil && b.w[e] == 0:
				r.zeros++
			default:
				r.ptr[i+1]++
				r.ptr[b.dst[e]+1]++
			}
		}
	}
	for i := 1; i < len(r.ptr); i++ {
		r.ptr[i] += r.ptr[i-1]
	}
}

// ranges parts the rows into about n runs of as many edges each.
func (r *builtRows) ranges(n int) [][2]int {
	nodes, all := len(r.ptr)-1, int(r.ptr[len(r.ptr)-1])
	var out [][2]int
	for k, from := 0, 0; k < n && from < nodes; k++ {
		to := nodes
		if k < n-1 {
			to, _ = slices.BinarySearch(r.ptr, int32(all/n*(k+1)))
			to = max(from+1, min(to, nodes))
		}
		out = append(out, [2]int{from, to})
		from = to
	}
	return out
}

// fillRows puts the edges of the rows from lo up to hi into them.
func (r *builtRows) fillRows(blocks []*listBlock, lo, hi int) {
	at := slices.Clone(r.ptr[lo:hi])
	put := func(i, key uint32, b *listBlock, e int) {
		if int(i) < lo || int(i) >= hi {
			return
		}
		p := at[int(i)-lo]
		at[int(i)-lo]++
		r.key[p] = int32(key)
		if r.val != nil {
			r.val[p] = b.w[e]
		}
	}
	for _, b := range blocks {
		for e, i := range b.src {
			if b.keeps(e) {
				j := b.dst[e]
				put(i, j<<1, b, e)
				put(j, i<<1|1, b, e)
			}
		}
	}
}

// mergeRows sorts the rows from lo up to hi and merges what is of one edge.
func (r *builtRows) mergeRows(lo, hi int) {
	m := rowMerger{builtRows: r, bad: -1}
	for i := lo; i < hi; i++ {
		m.row(i)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.add(m.counted)
	if m.bad >= 0 && (r.infinite < 0 || m.bad < r.infinite) {
		r.infinite = m.bad
	}
}

// compact moves the merged rows together and makes columns of the keys.
func (r *builtRows) compact() {
	n := int32(0)
	for i, size := range r.size {
		from := r.ptr[i]
		copy(r.key[n:n+size], r.key[from:from+size])
		if r.val != nil {
			copy(r.val[n:n+size], r.val[from:from+size])
		}
		r.ptr[i] = n
		n += size
	}
	r.ptr[len(r.size)] = n
	r.key = fitted(r.key[:n])
	if r.val != nil {
		r.val = fitted(r.val[:n])
		if all1(r.val) {
			r.val = nil
		}
	}
	r.weighted = r.val != nil
}

// fitted is s in memory of its size, where it is in much more.
func fitted[T any](s []T) []T {
	if len(s) < cap(s)/8*7 {
		return slices.Clone(s)
	}
	return s[:len(s):len(s)]
}

// rowMerger merges rows one after the other.
type rowMerger struct {
	*builtRows
	pairs   []uint64
	counted changes
	bad     int
}

// row sorts row i and makes one entry of those of the same node.
func (m *rowMerger) row(i int) {
	key := m.key[m.ptr[i]:m.ptr[i+1]]
	if m.val == nil {
		slices.Sort(key)
		m.size[i] = int32(m.mergeKeys(i, key))
		return
	}
	val := m.val[m.ptr[i]:m.ptr[i+1]]
	m.pairs = m.pairs[:0]
	for p, k := range key {
		m.pairs = append(m.pairs, uint64(k)<<32|uint64(math.Float32bits(val[p])))
	}
	slices.Sort(m.pairs) // weights of one edge too, so that their sum has one order
	m.size[i] = int32(m.mergePairs(i, key, val))
}

// mergeKeys merges a row without weights, and returns its new length.
func (m *rowMerger) mergeKeys(i int, key []int32) int {
	n := 0
	for p := 0; p < len(key); {
		j := key[p] >> 1
		var of [2]int
		for ; p < len(key) && key[p]>>1 == j; p++ {
			of[key[p]&1]++
		}
		m.tell(m.from+i, int(j), of, false)
		key[n] = j
		n++
	}
	return n
}

// mergePairs merges a row with weights.
func (m *rowMerger) mergePairs(i int, key []int32, val []float32) int {
	n := 0
	for p := 0; p < len(m.pairs); {
		j := int32(m.pairs[p] >> 33)
		var of [2]int
		var sum [2]float64
		for ; p < len(m.pairs) && int32(m.pairs[p]>>33) == j; p++ {
			way := m.pairs[p] >> 32 & 1
			of[way]++
			sum[way] += float64(math.Float32frombits(uint32(m.pairs[p])))
		}
		there, back := float32(sum[0]), float32(sum[1])
		m.tell(m.from+i, int(j), of, there != back)
		w := there
		switch {
		case of[0] == 0:
			w = back
		case of[1] > 0:
			w = float32((float64(there) + float64(back)) / 2)
		}
		if math.IsInf(float64(there), 0) && m.bad < 0 {
			m.bad = m.from + i
		}
		key[n], val[n] = j, w
		n++
	}
	return n
}

// tell counts an edge of node i to node j, given so many times in each
// direction.
func (m *rowMerger) tell(i, j int, of [2]int, differ bool) {
	c := &m.counted
	c.duplicates += max(of[0]-1, 0)
	switch {
	case of[1] == 0:
		c.oneWay++
	case of[0] > 0 && j > i:
		c.twoWay++
		if differ {
			c.averaged++
		}
	}
}

// check errs where weights were too large to add.
func (r *builtRows) check(names []string) error {
	if r.infinite < 0 {
		return nil
	}
	node := fmt.Sprint(r.infinite)
	if names != nil {
		node = quote(names[r.infinite])
	}
	return fmt.Errorf("the weights of an edge of node %s sum to more than float32 holds", node)
}
