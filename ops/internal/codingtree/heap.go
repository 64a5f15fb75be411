package codingtree

// key is what a heap is ordered by: a value, and of equal values two numbers.
type key struct {
	value  float64
	lo, hi int32
}

func (a key) before(b key) bool {
	switch {
	case a.value != b.value:
		return a.value < b.value
	case a.lo != b.lo:
		return a.lo < b.lo
	}
	return a.hi < b.hi
}

// heap is items 0, 1, … by their keys, the first on top. An item's key can be
// changed, and the item removed.
type heap struct {
	keys  []key
	items []int32
	at    []int32 // where each item is in items, −1 where it is not
}

func newHeap(items int) *heap {
	h := &heap{keys: make([]key, items), at: make([]int32, items)}
	for i := range h.at {
		h.at[i] = -1
	}
	return h
}

func (h *heap) top() int32 { return h.items[0] }

// set gives an item a key, and puts it in where it is not.
func (h *heap) set(item int32, k key) {
	h.keys[item] = k
	if h.at[item] < 0 {
		h.at[item] = int32(len(h.items))
		h.items = append(h.items, item)
	}
	h.down(h.up(int(h.at[item])))
}

// remove takes an item out, if it is there.
func (h *heap) remove(item int32) {
	i, last := int(h.at[item]), len(h.items)-1
	if i < 0 {
		return
	}
	h.swap(i, last)
	h.items, h.at[item] = h.items[:last], -1
	if i < last {
		h.down(h.up(i))
	}
}

func (h *heap) swap(i, j int) {
	h.items[i], h.items[j] = h.items[j], h.items[i]
	h.at[h.items[i]], h.at[h.items[j]] = int32(i), int32(j)
}

func (h *heap) before(i, j int) bool { return h.keys[h.items[i]].before(h.keys[h.items[j]]) }

func (h *heap) up(i int) int {
	for i > 0 && h.before(i, (i-1)/2) {
		h.swap(i, (i-1)/2)
		i = (i - 1) / 2
	}
	return i
}

func (h *heap) down(i int) {
	for {
		best := i
		for _, c := range [2]int{2*i + 1, 2*i + 2} {
			if c < len(h.items) && h.before(c, best) {
				best = c
			}
		}
		if best == i {
			return
		}
		h.swap(i, best)
		i = best
	}
}
