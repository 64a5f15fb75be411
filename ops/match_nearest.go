package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
)

// Nearest gives every row the place in an index of the row named there that is
// the fewest steps away, of several the one whose place comes first. Rows that
// are named get their own place, by 0 steps.
//
// The matrix is read as undirected; its weights are not read, so that every
// entry is a step. Ways lead through rows of the same segment alone.
//
// Shapes: m N×N; idx a vector of Ints, −1 for none; the result is a vector of N
// Ints: a place of idx for each row, −1 where no way leads to a row named, and
// for rows of no segment.
// Gradient: none. Time and memory: linear in the rows and entries, by one search
// from all rows named at once.
// Errors: an index out of range or named twice, when run.
func Nearest(m Sparse, idx *G.Node, s Segments) (*G.Node, error) {
	if idx == nil {
		return nil, fmt.Errorf("ops: Nearest: the index is nil, want a node")
	}
	return matching{
		name: "Nearest", ofInts: true,
		run: func(p *Pattern, idx G.Value, ids []int) ([]int, error) {
			named, err := ints(idx)
			if err != nil {
				return nil, err
			}
			if _, err := positions(named, len(ids)); err != nil {
				return nil, err
			}
			return p.nearest(named, ids), nil
		},
	}.of(m, idx, s)
}

// nearest walks in rings from all rows named. A row of the next ring takes the
// first of the places that its neighbours in this ring have: one that is d steps
// away has a neighbour that is d − 1 steps away.
func (p *Pattern) nearest(named, ids []int) []int {
	const unseen = math.MaxInt32
	out, steps := make([]int, len(ids)), make([]int32, len(ids))
	for i := range out {
		out[i], steps[i] = -1, unseen
	}
	var ring, beyond []int32
	for place, i := range named {
		if i >= 0 && ids[i] >= 0 {
			out[i], steps[i] = place, 0
			ring = append(ring, int32(i))
		}
	}
	var from, d int32 // the row that a step leaves, and how many steps end it
	step := p.undirected(func(j int32) {
		switch {
		case ids[j] != ids[from]:
		case steps[j] == unseen:
			steps[j], out[j] = d, out[from]
			beyond = append(beyond, j)
		case steps[j] == d:
			out[j] = min(out[j], out[from])
		}
	})
	for d = 1; len(ring) > 0; d++ {
		beyond = beyond[:0]
		for _, from = range ring {
			step(from)
		}
		ring, beyond = beyond, ring
	}
	return out
}
