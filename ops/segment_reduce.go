package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
)

// Reduction is how several rows, or several entries of a sparse matrix, become
// one.
type Reduction string

// The reductions of the rows of a segment. Of no row each gives 0.
const (
	ReduceSum  Reduction = "sum"
	ReduceMean Reduction = "mean"
	ReduceMax  Reduction = "max" // by column; rows that tie share the gradient equally
	ReduceMin  Reduction = "min" // as ReduceMax
)

// Check errs for a reduction that does not exist; "" is the sum.
func (r Reduction) Check() error {
	switch r {
	case "", ReduceSum, ReduceMean, ReduceMax, ReduceMin:
		return nil
	}
	return fmt.Errorf("reduction = %q, want %s, %s, %s or %s", string(r), ReduceSum, ReduceMean, ReduceMax, ReduceMin)
}

// SegmentReduce makes one row of the rows of each segment, as r says; "" is the
// sum. An empty segment gives 0.
//
// Shapes and gradient as SegmentSum, SegmentMean, SegmentMax and SegmentMin.
func SegmentReduce(x *G.Node, s Segments, r Reduction) (*G.Node, error) {
	if err := r.Check(); err != nil {
		return nil, fmt.Errorf("ops: SegmentReduce: %w", err)
	}
	switch r {
	case ReduceMean:
		return SegmentMean(x, s)
	case ReduceMax:
		return SegmentMax(x, s)
	case ReduceMin:
		return SegmentMin(x, s)
	}
	return SegmentSum(x, s)
}
