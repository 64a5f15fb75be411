package matching

import (
	"fmt"
	"slices"

	"github.com/graphpool/graphpool/ops/internal/kernels"
	"github.com/graphpool/graphpool/ops/internal/sparse"
)

// HeavyEdges is the lower of the two rows that each row is matched to by its
// heaviest entry, the row itself without a partner, −1 for one of no segment.
// Without w each entry counts 1.
func HeavyEdges(m *kernels.CSR, w []float64, ids []int) []int {
	out := unmatched(ids)
	for v := range out {
		if out[v] != free {
			continue
		}
		best, heaviest := v, 0.
		for e := m.Ptr[v]; e < m.Ptr[v+1]; e++ {
			u, weight := int(m.Col[e]), sparse.Weight(w, e)
			if u == v || out[u] != free || ids[u] != ids[v] || weight < 0 {
				continue
			}
			if best == v || weight > heaviest || weight == heaviest && u < best {
				best, heaviest = u, weight
			}
		}
		out[v], out[best] = v, v // all rows below v are matched
	}
	return out
}

// free is a row of a segment that no cluster has yet.
const free = -2

// unmatched is free for each row of a segment, −1 for the others.
func unmatched(ids []int) []int {
	out := make([]int, len(ids))
	for i, id := range ids {
		if out[i] = free; id < 0 {
			out[i] = -1
		}
	}
	return out
}

// Edges is the entry that each row is an end of, −1 for none, where entries are
// chosen by falling score if both of their rows are free.
func Edges(m *kernels.CSR, score []float64, ids []int) []int {
	out := unmatched(ids)
	c := contraction{score, rowOfEntry(m), m.Col, out, nil}
	for e, u := range c.row {
		if v := c.col[e]; ids[u] >= 0 && ids[u] == ids[v] {
			c.left = append(c.left, int32(e))
		}
	}
	for round := 0; round < 8 && len(c.left) > 1<<10; round++ {
		c.takeBest()
	}
	c.takeInOrder()
	for i, e := range out {
		if e == free {
			out[i] = -1
		}
	}
	return out
}

// contraction is the entries that are left to be chosen from, and what was.
type contraction struct {
	score    []float64
	row, col []int32
	out      []int
	left     []int32 // in rising order
}

// takeBest chooses every entry that is the best left at both of its ends, which
// those of higher score cannot prevent. It saves sorting most of the entries.
func (c *contraction) takeBest() {
	best := make([]int32, len(c.out))
	for i := range best {
		best[i] = -1
	}
	for _, e := range c.left {
		for _, i := range [2]int32{c.row[e], c.col[e]} {
			if best[i] < 0 || c.score[e] > c.score[best[i]] {
				best[i] = e
			}
		}
	}
	for _, e := range c.left {
		if u, v := c.row[e], c.col[e]; best[u] == e && best[v] == e {
			c.out[u], c.out[v] = int(e), int(e)
		}
	}
	c.left = slices.DeleteFunc(c.left, func(e int32) bool { return c.out[c.row[e]] != free || c.out[c.col[e]] != free })
}

// takeInOrder chooses from those that are left by falling score.
func (c *contraction) takeInOrder() {
	x := make([]float64, len(c.left))
	for i, e := range c.left {
		x[i] = c.score[e]
	}
	for _, i := range FallingOrder(x) {
		e := c.left[i]
		if u, v := c.row[e], c.col[e]; c.out[u] == free && c.out[v] == free {
			c.out[u], c.out[v] = int(e), int(e)
		}
	}
}

// rowOfEntry is the row of each entry.
func rowOfEntry(m *kernels.CSR) []int32 {
	row := make([]int32, m.NNZ())
	for i := range m.Rows {
		for e := m.Ptr[i]; e < m.Ptr[i+1]; e++ {
			row[e] = int32(i)
		}
	}
	return row
}

// LowerEnds is the lower end of each row's entry, the row itself where it has
// none, −1 for rows of no segment. It errs for an entry that m does not have.
func LowerEnds(m *kernels.CSR, entry, ids []int) ([]int, error) {
	row, out := rowOfEntry(m), make([]int, len(ids))
	for i, e := range entry {
		switch {
		case e < -1 || e >= m.NNZ():
			return nil, fmt.Errorf("entry of row %d is %d, want 0 to %d, or -1 for none", i, e, m.NNZ()-1)
		case ids[i] < 0:
			out[i] = -1
		case e < 0:
			out[i] = i
		default:
			out[i] = int(min(row[e], m.Col[e]))
		}
	}
	return out, nil
}
