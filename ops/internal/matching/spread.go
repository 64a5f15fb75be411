package matching

import (
	"fmt"
	"slices"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Spread is the row of kept whose cluster each row takes, as in each round that of
// most of the entries into it is taken, and in the end the lowest of the segment;
// −1 for rows of no segment, or of one of which kept has none. t is the transposed
// matrix.
// It errs for a row of kept that is out of range.
func Spread(t *kernels.CSR, kept []int, rounds int, ids []int) ([]int, error) {
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
		if !spreadOnce(t, out, ids) {
			break
		}
	}
	takeLowest(out, kept, ids)
	return out, nil
}

// spreadOnce gives rows without a cluster that of most entries into them, and
// tells whether there were such.
func spreadOnce(t *kernels.CSR, out, ids []int) bool {
	type gain struct{ row, cluster int }
	var gains []gain
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
