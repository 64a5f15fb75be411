package modes

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// NewBlocks is the block-diagonal adjacency of several dense graphs: B×K×K
// values as a sparse matrix of B·K rows and B·K² entries, never (B·K)². Values of
// 0 are stored, and count as no edges.
func NewBlocks(a *G.Node) (Adj, error) {
	if a == nil {
		return nil, fmt.Errorf("modes: blocks: a nil node")
	}
	s := a.Shape()
	if s.Dims() != 3 || s[1] != s[2] {
		return nil, fmt.Errorf("modes: blocks of shape %v, want (B, K, K)", s)
	}
	b, k := s[0], s[1]
	p, err := blockPattern(b, k)
	if err != nil {
		return nil, err
	}
	m := ops.Sparse{Rows: b * k, Cols: b * k, Capacity: b * k * k}
	// One name for one content: full blocks of a number and a size are all equal.
	if m.Pattern, err = ops.NewPatternNode(a.Graph(), fmt.Sprintf("modes/blocks/%d×%d", b, k), p); err != nil {
		return nil, err
	}
	m.Weights, err = ops.Reshape(a, b*k*k)
	return SparseAdj{Sparse: m, Blocks: true}, err
}

// blockPattern is the pattern of b full blocks k×k.
func blockPattern(b, k int) (*ops.Pattern, error) {
	ptr := make([]int32, b*k+1)
	col := make([]int32, 0, b*k*k)
	for i := range b * k {
		first := i / k * k
		for j := range k {
			col = append(col, int32(first+j))
		}
		ptr[i+1] = int32(len(col))
	}
	return ops.NewPattern(b*k, b*k, ptr, col)
}
