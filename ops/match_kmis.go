package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
)

// KMIS is a maximal k-independent set, and the cluster of each of its members.
// Rows are ranked by falling key, of equal keys the lower row first. In that
// order a row joins the set unless a member is within k steps of it. A row's
// cluster is that of the member of best rank within k steps, which need not be
// the nearest one.
//
// The matrix is read as undirected; its weights are not read, so that every
// entry is a step.
//
// Shapes: m N×N, key a value a row; the result is a vector of N Ints: the member
// whose cluster the row is in, the row itself for a member, −1 for rows of no
// segment.
// Gradient: none. Time: O(k·(N + entries)), a row being reached at most k times
// more closely than before; memory is linear.
// Errors: a key that is NaN, when run.
func KMIS(m Sparse, key *G.Node, k int, s Segments) (*G.Node, error) {
	if key == nil || k < 1 {
		return nil, fmt.Errorf("ops: KMIS: the key is %v and k = %d, want a node and at least 1", key, k)
	}
	return matching{
		name: "KMIS", attrs: fmt.Sprint(k, " "),
		run: func(p *Pattern, key G.Value, ids []int) ([]int, error) {
			x, err := values64(key, p.Rows())
			if err != nil {
				return nil, err
			}
			return p.kmis(fallingOrder(x), k, ids), nil
		},
	}.of(m, key, s)
}

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
