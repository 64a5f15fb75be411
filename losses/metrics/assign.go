package metrics

import "math"

// assign matches every row of gain (r×s, r ≤ s) to a column of its own so that
// the sum of the gains is largest, and returns the column of each row. It adds
// one row at a time along a shortest augmenting path (the Hungarian method in
// the form of Jonker and Volgenant, Computing 38, 1987,
// doi:10.1007/BF02278710), in O(r²·s), exact on integers. Columns are
// tried in ascending order; among equal matchings the first one found is kept.
func assign(gain [][]int64) []int {
	if len(gain) == 0 {
		return nil
	}
	h := newHungarian(gain)
	for i := range gain {
		h.augment(i)
	}
	out := make([]int, len(gain))
	for j, i := range h.rowOf[:h.cols] {
		if i >= 0 {
			out[i] = j
		}
	}
	return out
}

// hungarian keeps the dual values u (rows) and v (columns) for the costs
// −gain. Column number cols is not real: it is where a new row starts.
type hungarian struct {
	gain  [][]int64
	cols  int
	u, v  []int64
	rowOf []int // matched row of a column, −1: free
	slack []int64
	from  []int // previous column on the shortest path
	done  []bool
}

func newHungarian(gain [][]int64) *hungarian {
	s := len(gain[0])
	h := &hungarian{
		gain: gain, cols: s,
		u: make([]int64, len(gain)), v: make([]int64, s+1), rowOf: make([]int, s+1),
		slack: make([]int64, s+1), from: make([]int, s+1), done: make([]bool, s+1),
	}
	for j := range h.rowOf {
		h.rowOf[j] = -1
	}
	return h
}

// augment matches row i, moving rows matched before to other columns.
func (h *hungarian) augment(i int) {
	for j := range h.slack {
		h.slack[j], h.done[j] = math.MaxInt64, false
	}
	h.rowOf[h.cols] = i
	j := h.cols
	for h.rowOf[j] >= 0 {
		j = h.extend(j)
	}
	for j != h.cols {
		h.rowOf[j] = h.rowOf[h.from[j]]
		j = h.from[j]
	}
}

// extend takes column j into the tree of shortest paths, updates slacks and
// duals, and returns the nearest column outside it.
func (h *hungarian) extend(j int) int {
	h.done[j] = true
	i, next, least := h.rowOf[j], -1, int64(math.MaxInt64)
	for k := range h.cols {
		if h.done[k] {
			continue
		}
		if d := -h.gain[i][k] - h.u[i] - h.v[k]; d < h.slack[k] {
			h.slack[k], h.from[k] = d, j
		}
		if h.slack[k] < least {
			least, next = h.slack[k], k
		}
	}
	for k := range h.done {
		if h.done[k] {
			h.u[h.rowOf[k]] += least
			h.v[k] -= least
		} else if h.slack[k] != math.MaxInt64 {
			h.slack[k] -= least
		}
	}
	return next
}
