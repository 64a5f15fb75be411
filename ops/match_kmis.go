package ops

// kmis walks from each member to the rows within k steps of it. A walk ends at
// rows that an earlier member came as near to: what lies behind them is that
// one's already.
func (p *Pattern) kmis(order []int32, k int, ids []int) []int {
	out, near := unmatched(ids), make([]int32, len(ids)) // near is the steps from the nearest member so far
	var ring, beyond []int32
	var v, d int32 // the member walked from, and the steps from it
	next := p.undirected(func(j int32) {
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
