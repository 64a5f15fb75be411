package modes

import (
	"fmt"
	"math"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// Host is one graph in memory, outside of any expression graph.
type Host struct {
	// Nodes is the number of nodes, N.
	Nodes int

	// The adjacency: a sparse pattern, N×N, with the entries' weights (nil: all
	// 1), or a dense tensor N×N. At most one of Pattern and Dense is set;
	// neither: a graph without edges.
	Pattern *ops.Pattern
	Weights []float64
	Dense   *tensor.Dense

	// The features: a dense tensor N×F, or a sparse matrix N×F. At most one is
	// set. Neither: the rows of the adjacency serve as features.
	X       *tensor.Dense
	SparseX *HostSparse
}

// HostSparse is a sparse matrix in memory: a pattern and its values, which are
// all 1 where Values is nil.
type HostSparse struct {
	Pattern *ops.Pattern
	Values  []float64
}

// Check errs where h's parts do not fit together or hold values that are not
// numbers.
func (h *Host) Check() error {
	if h.Nodes < 1 {
		return fmt.Errorf("modes: Nodes = %d, want at least 1", h.Nodes)
	}
	if h.Pattern != nil && h.Dense != nil || h.X != nil && h.SparseX != nil {
		return fmt.Errorf("modes: a graph with both sparse and dense adjacency or features, want one of each")
	}
	if err := checkSparse("adjacency", h.Pattern, h.Weights, h.Nodes, h.Nodes); err != nil {
		return err
	}
	if err := checkDense("adjacency", h.Dense, h.Nodes, h.Nodes); err != nil {
		return err
	}
	if s := h.SparseX; s != nil {
		if s.Pattern == nil {
			return fmt.Errorf("modes: sparse features without a pattern")
		}
		return checkSparse("features", s.Pattern, s.Values, h.Nodes, s.Pattern.Cols())
	}
	return checkDense("features", h.X, h.Nodes, -1)
}

func checkSparse(what string, p *ops.Pattern, values []float64, rows, cols int) error {
	if p == nil {
		if values != nil {
			return fmt.Errorf("modes: %s: %d values without a pattern", what, len(values))
		}
		return nil
	}
	if p.Rows() != rows || p.Cols() != cols {
		return fmt.Errorf("modes: %s: %d×%d, want %d×%d", what, p.Rows(), p.Cols(), rows, cols)
	}
	if values != nil && len(values) != p.NNZ() {
		return fmt.Errorf("modes: %s: %d values for %d entries, want one an entry", what, len(values), p.NNZ())
	}
	for i, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("modes: %s: value %d is %v, want a finite number", what, i, v)
		}
	}
	return nil
}

// checkDense errs unless t is nil or a finite matrix rows×cols; cols −1 is
// any number of columns.
func checkDense(what string, t *tensor.Dense, rows, cols int) error {
	if t == nil {
		return nil
	}
	s := t.Shape()
	if s.Dims() != 2 || s[0] != rows || cols >= 0 && s[1] != cols || s[1] < 1 {
		return fmt.Errorf("modes: %s: shape %v, want %d rows and %s", what, s, rows, columns(cols))
	}
	bad := -1
	switch x := t.Data().(type) {
	case []float32:
		bad = firstBad(x)
	case []float64:
		bad = firstBad(x)
	default:
		return fmt.Errorf("modes: %s: dtype %v, want float32 or float64", what, t.Dtype())
	}
	if bad >= 0 {
		return fmt.Errorf("modes: %s: element (%d, %d) is not a finite number", what, bad/s[1], bad%s[1])
	}
	return nil
}

func columns(n int) string {
	if n < 0 {
		return "at least 1 column"
	}
	return fmt.Sprintf("%d columns", n)
}

// firstBad is the position of the first value that is not finite, −1 if all
// are.
func firstBad[T float32 | float64](x []T) int {
	for i, v := range x {
		if v-v != 0 {
			return i
		}
	}
	return -1
}

// features is the sparse features of h: its own, or the rows of its adjacency
// where it has none of either kind.
func (h *Host) features() *HostSparse {
	switch {
	case h.SparseX != nil:
		return h.SparseX
	case h.X != nil || h.Dense != nil:
		return nil
	case h.Pattern == nil || h.Pattern.NNZ() == 0:
		return nil
	}
	return &HostSparse{Pattern: h.Pattern, Values: h.Weights}
}

// emptyPattern is the pattern of n nodes without edges.
func emptyPattern(n int) (*ops.Pattern, error) {
	return ops.NewPattern(n, n, make([]int32, n+1), nil)
}
