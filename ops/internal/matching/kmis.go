package matching

import (
	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// KMIS is the member of a maximal k-independent set that each row is with. It
// walks from each member, in the order of ranks, to the rows within k steps of
// it. A walk ends at rows that an earlier member came as near to: what lies
// behind them is that one's already. The sides are the matrix, and its transpose
// where it is not symmetric.
func KMIS(order []int32, k int, ids []int, sides ...*kernels.CSR) []int {
	out, near := unmatched(ids), make([]int32, len(ids)) // near is the steps from the nearest member so far
	var ring, beyond []int32
	var v, d int32 // the member walked from, and the steps from it
	next := undirected(sides, func(j int32) {
		if ids[j] != ids[v] || out[j] != free && near[j] <= d {
			return
		}
		if out[j] == free {
			out[j] = int(v)
		}
		near[j] = d
		beyond = append(beyond, j)
	})
	for _, v = range order {
		if out[v] != free {
			continue
		}
		out[v], near[v] = int(v), 0
		ring = append(ring[:0], v)
		for d = 1; d <= int32(k) && len(ring) > 0; d++ {
			beyond = beyond[:0]
			for _, i := range ring {
				next(i)
			}
			ring, beyond = beyond, ring
		}
	}
	return out
}

// undirected calls f with each neighbour of a row, for some more than once: the
// rows it has entries to, and those it has entries from.
func undirected(sides []*kernels.CSR, f func(j int32)) func(i int32) {
	return func(i int32) {
		for _, s := range sides {
			for _, j := range s.Col[s.Ptr[i]:s.Ptr[i+1]] {
				f(j)
			}
		}
	}
}
