package matching

import (
	"math"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Nearest is for each row the place in named of the row that is the fewest steps
// away, of several the first; −1 where no way leads to one, and for rows of no
// segment. named has rows without repetition, or −1. It walks in rings from all of
// them at once: a row of the next ring takes the first of the places that its
// neighbours in this ring have, as a row that is d steps away from one has a
// neighbour that is d − 1 steps away. The sides are the matrix, and its transpose
// where it is not symmetric.
func Nearest(named, ids []int, sides ...*kernels.CSR) []int {
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
	step := undirected(sides, func(j int32) {
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
