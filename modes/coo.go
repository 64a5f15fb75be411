package modes

import (
	"fmt"

	"github.com/graphpool/graphpool/ops"
)

// FromCOO is the graph of so many nodes with the edges (row[e], col[e]), from
// row to column, of the given weights (nil: all 1). Entries come in row-major
// order: attributes and labels of edges follow by WithAttributes and EdgeOrder.
// Edges named more than once become one: without weights an edge of
// 1, with weights one of their sum. Directions are kept as given: an
// undirected graph names both.
//
// Errors: indices out of range, slices of different lengths, weights that are
// not finite.
func FromCOO(nodes int, row, col []int, weights []float64) (*Host, error) {
	h, err := fromCOO(nodes, row, col, weights)
	if err != nil {
		return nil, fmt.Errorf("modes: %w", err)
	}
	return h, nil
}

// A graph that is nearly all isolated nodes has at most sparseNodes of them, so
// that a mistaken number is an error before it takes all memory.
const (
	sparseNodes   = 1 << 25
	nodesPerEntry = 64
)

func fromCOO(nodes int, row, col []int, weights []float64) (*Host, error) {
	if nodes == 0 && len(row) == 0 && len(col) == 0 && len(weights) == 0 {
		return &Host{}, nil
	}
	if err := atLeast("nodes", nodes, 0); err != nil {
		return nil, err
	}
	if most := max(sparseNodes, nodesPerEntry*len(row)); nodes > most {
		return nil, fmt.Errorf("nodes = %d with %d entries, want at most %d", nodes, len(row), most)
	}
	p, values, err := merged(nodes, nodes, row, col, weights)
	if err != nil {
		return nil, err
	}
	h := &Host{Nodes: nodes, Pattern: p, Weights: values}
	return h, h.check()
}

// merged is the sparse matrix of the entries, sorted by row and then column,
// entries of one place made one.
func merged(rows, cols int, row, col []int, values []float64) (*ops.Pattern, []float64, error) {
	if len(row) != len(col) || values != nil && len(values) != len(row) {
		return nil, nil, fmt.Errorf("%d row and %d column indices with %d values, want as many of each", len(row), len(col), len(values))
	}
	// Sorting by column and then, keeping that order, by row.
	_, byCol, err := ops.PatternFromCOO(cols, rows, col, row)
	if err != nil {
		return nil, nil, err
	}
	r, c := make([]int, len(row)), make([]int, len(col))
	for i, e := range byCol {
		r[i], c[i] = row[e], col[e]
	}
	p, byRow, err := ops.PatternFromCOO(rows, cols, r, c)
	if err != nil {
		return nil, nil, err
	}
	m := csr{rows: rows, cols: cols, ptr: p.Ptr(), col: p.Col()}
	if values != nil {
		m.values = make([]float64, len(values))
		for i, e := range byRow {
			m.values[i] = values[byCol[e]]
		}
	}
	m = m.merge()
	p, err = ops.NewPattern(rows, cols, m.ptr, m.col)
	return p, m.values, err
}

// merge makes entries of one place one; they lie side by side.
func (m csr) merge() csr {
	out := csr{rows: m.rows, cols: m.cols, ptr: make([]int32, m.rows+1), col: make([]int32, 0, len(m.col))}
	if m.values != nil {
		out.values = make([]float64, 0, len(m.values))
	}
	for i := range m.rows {
		for e := m.ptr[i]; e < m.ptr[i+1]; e++ {
			last := len(out.col) - 1
			again := e > m.ptr[i] && out.col[last] == m.col[e]
			if !again {
				out.col = append(out.col, m.col[e])
			}
			switch {
			case m.values == nil:
			case again:
				out.values[last] += m.values[e]
			default:
				out.values = append(out.values, m.values[e])
			}
		}
		out.ptr[i+1] = int32(len(out.col))
	}
	return out
}

// COO is h's edges: (row[e], col[e]) of weight weights[e], in row-major order;
// of a dense adjacency the elements that are not 0. h is in order, as Check
// says; of one that is not there are none.
func (h *Host) COO() (row, col []int, weights []float64) {
	if h.check() != nil {
		return nil, nil, nil
	}
	m := h.adjacency()
	for i := range m.rows {
		for e := m.ptr[i]; e < m.ptr[i+1]; e++ {
			row, col, weights = append(row, i), append(col, int(m.col[e])), append(weights, m.value(e))
		}
	}
	return row, col, weights
}
