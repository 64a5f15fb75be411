package ops

import (
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
)

func heavyEdges(p *Pattern, weights G.Value, ids []int) ([]int, error) {
	w, err := values64(weights, p.NNZ())
	if err != nil {
		return nil, err
	}
	out := unmatched(ids)
	for v := range out {
		if out[v] != free {
			continue
		}
		best, heaviest := v, 0.
		for e := p.csr.Ptr[v]; e < p.csr.Ptr[v+1]; e++ {
			u, weight := int(p.csr.Col[e]), weightAt(w, e)
			if u == v || out[u] != free || ids[u] != ids[v] || weight < 0 {
				continue
			}
			if best == v || weight > heaviest || weight == heaviest && u < best {
				best, heaviest = u, weight
			}
		}
		out[v], out[best] = v, v // all rows below v are matched
	}
	return out, nil
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

func contractEdges(p *Pattern, score G.Value, ids []int) ([]int, error) {
	x, err := values64(score, p.NNZ())
	if err != nil {
		return nil, err
	}
	out := unmatched(ids)
	c := contraction{x, p.rowOfEntry(), p.Col(), out, nil}
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
	return out, nil
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
	for _, i := range fallingOrder(x) {
		e := c.left[i]
		if u, v := c.row[e], c.col[e]; c.out[u] == free && c.out[v] == free {
			c.out[u], c.out[v] = int(e), int(e)
		}
	}
}

// rowOfEntry is the row of each entry.
func (p *Pattern) rowOfEntry() []int32 {
	row := make([]int32, p.NNZ())
	for i := range p.Rows() {
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			row[e] = int32(i)
		}
	}
	return row
}

func contractedRows(p *Pattern, entry G.Value, ids []int) ([]int, error) {
	of, err := ints(entry)
	if err != nil {
		return nil, err
	}
	row, out := p.rowOfEntry(), make([]int, len(ids))
	for i, e := range of {
		switch {
		case e < -1 || e >= p.NNZ():
			return nil, fmt.Errorf("entry of row %d is %d, want 0 to %d, or -1 for none", i, e, p.NNZ()-1)
		case ids[i] < 0:
			out[i] = -1
		case e < 0:
			out[i] = i
		default:
			out[i] = int(min(row[e], p.csr.Col[e]))
		}
	}
	return out, nil
}
