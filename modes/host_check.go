package modes

import (
	"errors"
	"fmt"
	"math"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// Check errs where h's parts do not fit together or hold values that are not
// finite numbers. A graph of no nodes must have nothing else.
func (h *Host) Check() error {
	if err := h.check(); err != nil {
		return fmt.Errorf("modes: %w", err)
	}
	return nil
}

func (h *Host) check() error {
	switch {
	case h == nil:
		return errors.New("a nil graph")
	case h.Nodes < 0:
		return atLeast("Nodes", h.Nodes, 0)
	case h.Nodes > sparseNodes && h.Pattern == nil && h.DenseA == nil && h.X == nil && h.SparseX == nil:
		return fmt.Errorf("%s = %d without edges and features, want at most %d", "Nodes", h.Nodes, sparseNodes)
	case h.Pattern != nil && h.DenseA != nil || h.X != nil && h.SparseX != nil:
		return errors.New("a graph with both sparse and dense adjacency or features, want one of each")
	}
	if err := h.checkLevels(); err != nil {
		return err
	}
	if err := checkSparse("adjacency", h.Pattern, h.Weights, h.Nodes, h.Nodes); err != nil {
		return err
	}
	if err := checkDense("adjacency", h.DenseA, h.Nodes, h.Nodes); err != nil {
		return err
	}
	if err := h.checkE(); err != nil {
		return err
	}
	if s := h.SparseX; s != nil {
		if s.Pattern == nil {
			return errors.New("sparse features without a pattern")
		}
		return checkSparse("features", s.Pattern, s.Values, h.Nodes, s.Pattern.Cols())
	}
	return checkDense("features", h.X, h.Nodes, -1)
}

// checkE errs unless E, where there is one, has a row for each entry.
func (h *Host) checkE() error {
	switch {
	case h.E == nil:
		return nil
	case h.Pattern == nil:
		return errors.New("edge attributes without a sparse adjacency, want a pattern, whose entries they belong to")
	}
	return checkDense("edge attributes", h.E, h.Pattern.NNZ(), -1)
}

func checkSparse(what string, p *ops.Pattern, values []float64, rows, cols int) error {
	if p == nil {
		if values != nil {
			return fmt.Errorf("%s: %d values without a pattern", what, len(values))
		}
		return nil
	}
	if p.Rows() != rows || p.Cols() != cols {
		return fmt.Errorf("%s: %d×%d, want %d×%d", what, p.Rows(), p.Cols(), rows, cols)
	}
	if values != nil && len(values) != p.NNZ() {
		return fmt.Errorf("%s: %d values for %d entries, want one an entry", what, len(values), p.NNZ())
	}
	for i, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("%s: value %d is %v, want a finite number", what, i, v)
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
		return fmt.Errorf("%s: shape %v, want %d rows and %s", what, s, rows, columns(cols))
	}
	return checkFinite(what, t)
}

// checkFinite errs unless t is a tensor of finite floats.
func checkFinite(what string, t *tensor.Dense) error {
	if t.Shape().TotalSize() < 1 {
		return fmt.Errorf("%s: shape %v, want at least 1 element, or nil", what, t.Shape())
	}
	var bad int
	switch x := t.Data().(type) {
	case []float32:
		bad = firstBad(ordered[float32](t, x))
	case []float64:
		bad = firstBad(ordered[float64](t, x))
	default:
		return fmt.Errorf("%s: dtype %v, want float32 or float64", what, t.Dtype())
	}
	if bad < 0 {
		return nil
	}
	at := make([]int, t.Dims())
	for d := range at {
		i := len(at) - 1 - d
		at[i], bad = bad%t.Shape()[i], bad/t.Shape()[i]
	}
	return fmt.Errorf("%s: element %v is not a finite number", what, at)
}

// atLeast errs unless value, of that name, is at least least.
func atLeast(name string, value, least int) error {
	if value < least {
		return fmt.Errorf("%s = %d, want at least %d", name, value, least)
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
func firstBad[T ops.Float](x []T) int {
	for i, v := range x {
		if v-v != 0 {
			return i
		}
	}
	return -1
}
