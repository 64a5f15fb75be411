package modes

import (
	"fmt"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// Split is the graphs that h consists of, by the graph of each node; nodes of
// id −1 belong to none. count is the number of graphs, also of those that no
// node is of. The nodes of a graph keep their order.
//
// Errors: an id out of range; a dense adjacency; an edge from one graph to
// another.
func Split(h *Host, ids []int, count int) ([]*Host, error) {
	err := h.check()
	var rows [][]int
	if err == nil && h.Dense != nil {
		err = fmt.Errorf("a dense adjacency, want a sparse one, as of Collate")
	}
	if err == nil {
		rows, err = rowsByID(ids, h.Nodes, count)
	}
	var out []*Host
	if err == nil {
		out, err = split(h, rows, positions(rows, h.Nodes), ids)
	}
	if err != nil {
		return nil, fmt.Errorf("modes: split: %w", err)
	}
	return out, nil
}

func split(h *Host, rows [][]int, at, ids []int) ([]*Host, error) {
	out := make([]*Host, len(rows))
	for b, of := range rows {
		out[b] = &Host{Nodes: len(of)}
		if len(of) == 0 {
			continue
		}
		if err := h.splitA(out[b], of, at, ids); err != nil {
			return nil, err
		}
		if h.X != nil {
			out[b].X = takeRows(h.X, of)
		}
		if h.SparseX != nil {
			cols := h.SparseX.Pattern.Cols()
			m, _ := h.SparseX.csr(h.Nodes, cols).takeRows(of)
			p, err := ops.NewPattern(len(of), cols, m.ptr, m.col)
			if err != nil {
				return nil, err
			}
			out[b].SparseX = &HostSparse{Pattern: p, Values: m.values}
		}
	}
	return out, nil
}

// splitA gives out the edges among some of h's nodes.
func (h *Host) splitA(out *Host, of, at, ids []int) error {
	if h.Pattern == nil {
		return nil
	}
	m, entries := h.adjacency().takeRows(of)
	for i := range of {
		for e := m.ptr[i]; e < m.ptr[i+1]; e++ {
			if to := m.col[e]; ids[to] != ids[of[i]] {
				return fmt.Errorf("an edge from node %d of graph %d to node %d of graph %d, want none between graphs", of[i], ids[of[i]], to, ids[to])
			}
			m.col[e] = int32(at[m.col[e]])
		}
	}
	var err error
	if out.Pattern, err = ops.NewPattern(len(of), len(of), m.ptr, m.col); err != nil {
		return err
	}
	out.Weights = m.values
	if h.E != nil && len(entries) > 0 {
		out.E = takeRows(h.E, entries)
	}
	return nil
}

// takeRows is some rows of m, and which of its entries they have.
func (m csr) takeRows(of []int) (csr, []int) {
	out := csr{rows: len(of), cols: m.cols, ptr: make([]int32, len(of)+1)}
	if m.values != nil {
		out.values = []float64{}
	}
	var entries []int
	for i, r := range of {
		for e := m.ptr[r]; e < m.ptr[r+1]; e++ {
			out.col, entries = append(out.col, m.col[e]), append(entries, int(e))
			if m.values != nil {
				out.values = append(out.values, m.values[e])
			}
		}
		out.ptr[i+1] = int32(len(out.col))
	}
	return out, entries
}

// rowsByID is the rows of each of count graphs.
func rowsByID(ids []int, rows, count int) ([][]int, error) {
	if err := atLeast("the number of graphs", count, 1); err != nil {
		return nil, err
	}
	if len(ids) != rows {
		return nil, fmt.Errorf("%d ids for %d rows, want one a row", len(ids), rows)
	}
	of := make([][]int, count)
	for i, id := range ids {
		if id < -1 || id >= count {
			return nil, fmt.Errorf("id %d is %d, want 0 to %d, or -1 for padding", i, id, count-1)
		}
		if id >= 0 {
			of[id] = append(of[id], i)
		}
	}
	return of, nil
}

// positions is where each row is among those of its graph.
func positions(rows [][]int, n int) []int {
	at := make([]int, n)
	for _, of := range rows {
		for i, r := range of {
			at[r] = i
		}
	}
	return at
}

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
