package modes

import (
	"fmt"

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
	if err == nil && h.DenseA != nil {
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
	const spare = 1 << 20 // graphs without rows, at most
	if count > spare && count-spare > rows {
		return nil, fmt.Errorf("%d graphs for %d rows, want at most %d more than the rows", count, rows, spare)
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
