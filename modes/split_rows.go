package modes

import (
	"fmt"

	"gorgonia.org/tensor"
)

// SplitRows is the rows of t by graph: results of one tensor for each graph,
// without padding. Rows are all axes but the last (N×F, B×N×F), or the
// elements of a vector; ids has the graph of each, −1 for padding. A graph
// without rows gets nil.
func SplitRows(t *tensor.Dense, ids []int, count int) ([]*tensor.Dense, error) {
	if t == nil || t.Dims() < 1 {
		return nil, fmt.Errorf("modes: split: %v, want a tensor of rank 1 or more", t)
	}
	vector, width := t.Dims() == 1, t.Shape()[t.Dims()-1]
	if vector {
		width = 1
	}
	rows, err := rowsByID(ids, t.Shape().TotalSize()/max(1, width), count)
	if err != nil {
		return nil, fmt.Errorf("modes: split: %w", err)
	}
	out := make([]*tensor.Dense, count)
	for b, of := range rows {
		if len(of) == 0 {
			continue
		}
		switch x := t.Data().(type) {
		case []float32:
			out[b] = take(ordered[float32](t, x), of, width)
		case []float64:
			out[b] = take(ordered[float64](t, x), of, width)
		case []int:
			if !inOrder(t) {
				return nil, fmt.Errorf("modes: split: a view of ints, want them in one piece")
			}
			out[b] = take(x, of, width)
		default:
			return nil, fmt.Errorf("modes: split: dtype %v, want float32, float64 or int", t.Dtype())
		}
		if vector {
			if err := out[b].Reshape(len(of)); err != nil {
				return nil, fmt.Errorf("modes: split: %w", err)
			}
		}
	}
	return out, nil
}

// HostIDs is the graph of each row of an input as it is set now, −1 for
// padding: what SplitRows takes. g is as its constructor returned it.
func (g Graph) HostIDs() ([]int, error) {
	if err := g.Check(); err != nil {
		return nil, fmt.Errorf("modes: ids: %w", err)
	}
	if g.IDs == nil {
		return make([]int, g.Rows()), nil
	}
	if g.IDs.Op() == nil && g.IDs.Value() != nil {
		if ids, ok := g.IDs.Value().Data().([]int); ok {
			return append([]int{}, ids...), nil
		}
	}
	return nil, fmt.Errorf("modes: the ids are computed, want the graph as its constructor returned it")
}
