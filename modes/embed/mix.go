package embed

import (
	"fmt"
	"math"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Mix is the adjacency A + share·(ΣA/ΣK)·K of h's A and a graph K on the same
// nodes, whose entries all weigh 1: K counts share times as much as A in all.
// It errs where share is not a finite
// number of at least 0, K has another number of nodes, or a weight is negative.
func Mix(h *modes.Host, k *ops.Pattern, share float64) (*ops.Pattern, []float64, error) {
	if !(share >= 0) || math.IsInf(share, 1) {
		return nil, nil, fmt.Errorf("embed: mixing: share = %v, want at least 0", share)
	}
	if k.Rows() != h.Nodes || k.Cols() != h.Nodes {
		return nil, nil, fmt.Errorf("embed: mixing: a graph of %d×%d, want %d nodes", k.Rows(), k.Cols(), h.Nodes)
	}
	p, weights, err := h.Entries()
	if err != nil {
		return nil, nil, err
	}
	sum := float64(p.NNZ())
	if weights != nil {
		sum = 0
		for e, w := range weights {
			if w < 0 {
				return nil, nil, fmt.Errorf("embed: weight %d = %v, want at least 0", e, w)
			}
			sum += w
		}
	}
	if k.NNZ() == 0 || sum == 0 || share == 0 {
		return p, weights, nil
	}
	return union(p, weights, k, share*sum/float64(k.NNZ()))
}

// union is A + w·K.
func union(a *ops.Pattern, weights []float64, k *ops.Pattern, w float64) (*ops.Pattern, []float64, error) {
	n := a.Rows()
	ptr := make([]int32, n+1)
	var col []int32
	var sum []float64
	at, seen := make([]int32, n), make([]int32, n) // where a column stands, and in which row, from 1
	add := func(i int, j int32, w float64) {
		if seen[j] == int32(i+1) {
			sum[at[j]] += w
			return
		}
		seen[j], at[j] = int32(i+1), int32(len(col))
		col, sum = append(col, j), append(sum, w)
	}
	for i := range n {
		for e := a.Ptr()[i]; e < a.Ptr()[i+1]; e++ {
			if weights == nil {
				add(i, a.Col()[e], 1)
			} else {
				add(i, a.Col()[e], weights[e])
			}
		}
		for e := k.Ptr()[i]; e < k.Ptr()[i+1]; e++ {
			add(i, k.Col()[e], w)
		}
		ptr[i+1] = int32(len(col))
	}
	p, err := ops.NewPattern(n, n, ptr, col)
	return p, sum, err
}
