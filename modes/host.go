package modes

import (
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// Host is one graph in memory, outside of any expression graph. FromCOO,
// FromDense, FromMat, FromCS and FromGonum make one; its fields may be set by
// hand as well. Nothing here writes to what it holds.
type Host struct {
	// Nodes is the number of nodes, N. Among several graphs some may have none;
	// such a graph has nothing else either.
	Nodes int

	// The adjacency: a sparse pattern, N×N, with the entries' weights (nil: all
	// 1), or a dense tensor N×N. At most one of Pattern and Dense is set;
	// neither: a graph without edges. Entry (i, j) is an edge from i to j;
	// nothing is made symmetric. Entries of one place are edges beside each
	// other, whose weights add up; FromCOO makes them one.
	Pattern *ops.Pattern
	Weights []float64
	DenseA  *tensor.Dense

	// E is attributes of the pattern's entries, one row of D an entry in the
	// pattern's order, which WithAttributes brings them into; nil: none.
	E *tensor.Dense

	// The features: a dense tensor N×F, or a sparse matrix N×F. At most one is
	// set. Neither: in single mode the rows of the adjacency, scaled as Scaled
	// does, serve as features, in the others a column of ones does.
	X       *tensor.Dense
	SparseX *HostSparse

	// Levels is the graph made smaller and smaller, as Coarsen does; nil: none.
	Levels []Coarsening
}

// HostSparse is a sparse matrix in memory: a pattern and its values, which are
// all 1 where Values is nil.
type HostSparse struct {
	Pattern *ops.Pattern
	Values  []float64
}

// features is the features of h, sparse or dense: its own, or what stands in
// where it has none; neither: a column of ones.
func (h *Host) features() (*HostSparse, *tensor.Dense) {
	if h.SparseX == nil && h.X == nil {
		return h.standIn()
	}
	return h.SparseX, h.X
}

// pattern is the sparse adjacency of h, which is not dense.
func (h *Host) pattern() (*ops.Pattern, error) {
	if h.Pattern != nil {
		return h.Pattern, nil
	}
	return ops.NewPattern(h.Nodes, h.Nodes, make([]int32, h.Nodes+1), nil)
}
