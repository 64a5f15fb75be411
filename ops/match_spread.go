package ops

import (
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
)

// SpreadClusters gives every row the cluster of one of the rows that an index
// names. Those have their own from the start. In each round a row without one
// takes the cluster that most of the entries into it come from, of equal numbers
// the lowest; entries from rows that had none before the round do not count. Rows
// left after the rounds take the lowest of their segment.
//
// Shapes: m N×N, whose entry (u, v) leads into v and whose weights are not read;
// idx a vector of Ints, −1 for none; the result is a vector of N Ints: a row of
// idx for each row, −1 for rows of no segment and of segments of which idx names
// none.
// Gradient: none. Time: linear in each round.
// Errors: an index out of range, when run.
func SpreadClusters(m Sparse, idx *G.Node, rounds int, s Segments) (*G.Node, error) {
	if idx == nil || rounds < 0 {
		return nil, fmt.Errorf("ops: SpreadClusters: the index is %v and rounds = %d, want a node and at least 0", idx, rounds)
	}
	return matching{
		name: "SpreadClusters", attrs: fmt.Sprint(rounds, " "), ofInts: true,
		run: func(p *Pattern, idx G.Value, ids []int) ([]int, error) {
			kept, err := ints(idx)
			if err != nil {
				return nil, err
			}
			out := unmatched(ids)
			for i, v := range kept {
				switch {
				case v < -1 || v >= len(ids):
					return nil, fmt.Errorf("index %d is %d, want 0 to %d, or -1 for padding", i, v, len(ids)-1)
				case v >= 0:
					out[v] = v
				}
			}
			for range rounds {
				if !p.spreadOnce(out, ids) {
					break
				}
			}
			takeLowest(out, kept, ids)
			return out, nil
		},
	}.of(m, idx, s)
}

// spreadOnce gives rows without a cluster that of most entries into them, and
// tells whether there were such.
func (p *Pattern) spreadOnce(out, ids []int) bool {
	type gain struct{ row, cluster int }
	var gains []gain
	t, _ := p.transpose()
	var from []int
	for v, c := range out {
		if c != free {
			continue
		}
		from = from[:0]
		for _, u := range t.Col[t.Ptr[v]:t.Ptr[v+1]] {
			if out[u] >= 0 && ids[u] == ids[v] {
				from = append(from, out[u])
			}
		}
		if len(from) > 0 {
			gains = append(gains, gain{v, mostFrequent(from)})
		}
	}
	for _, g := range gains {
		out[g.row] = g.cluster
	}
	return len(gains) > 0
}

// mostFrequent is the number that x has most often, the lowest of several; it
// sorts x.
func mostFrequent(x []int) int {
	slices.Sort(x)
	best, most, run := x[0], 0, 0
	for i, v := range x {
		if run++; i > 0 && v != x[i-1] {
			run = 1
		}
		if run > most {
			best, most = v, run
		}
	}
	return best
}

// takeLowest gives rows without a cluster the lowest row kept of their segment.
func takeLowest(out, kept, ids []int) {
	lowest := map[int]int{}
	for _, v := range kept {
		if v < 0 {
			continue
		}
		if l, ok := lowest[ids[v]]; !ok || v < l {
			lowest[ids[v]] = v
		}
	}
	for i, c := range out {
		if c != free {
			continue
		}
		out[i] = -1
		if l, ok := lowest[ids[i]]; ok {
			out[i] = l
		}
	}
}
