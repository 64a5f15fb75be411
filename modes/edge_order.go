package modes

import (
	"errors"
	"fmt"

	"gorgonia.org/tensor"
)

// EdgeOrder is where each entry of h's pattern stands in a list of the same
// edges in any order: entry e is the edge (row[o[e]], col[o[e]]). What a list has
// for its edges, such as classes for EdgeClasses, goes through it, since FromCOO
// sorts the edges.
//
// Errors: a dense adjacency; lists of different lengths; an edge that is in one
// of the two alone, or more than once in either.
func (h *Host) EdgeOrder(row, col []int) ([]int, error) {
	order, err := h.edgeOrder(row, col)
	if err != nil {
		return nil, fmt.Errorf("modes: order of edges: %w", err)
	}
	return order, nil
}

// WithAttributes is h with attributes of its edges: row r of e is that of
// (row[r], col[r]), in any order; nil for a graph without edges. It errs as
// EdgeOrder does, and for an e of other rows or of numbers that are not finite.
func (h *Host) WithAttributes(row, col []int, e *tensor.Dense) (*Host, error) {
	order, err := h.edgeOrder(row, col)
	switch {
	case err != nil:
	case e == nil && len(order) == 0:
		return h, nil
	case e == nil:
		err = errors.New("no tensor")
	default:
		err = checkDense("e", e, len(order), -1)
	}
	if err != nil {
		return nil, fmt.Errorf("modes: attributes of edges: %w", err)
	}
	out := *h
	out.E = takeRows(e, order)
	return &out, nil
}

func (h *Host) edgeOrder(row, col []int) ([]int, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	if h.DenseA != nil {
		return nil, errors.New("the adjacency is dense, want a sparse one")
	}
	if len(row) != len(col) {
		return nil, fmt.Errorf("%d row and %d column indices, want as many of each", len(row), len(col))
	}
	at := make(map[[2]int]int, len(row))
	for r := range row {
		edge := [2]int{row[r], col[r]}
		if first, twice := at[edge]; twice {
			return nil, fmt.Errorf("edge %d is (%d, %d), as edge %d is, want each once", r, row[r], col[r], first)
		}
		at[edge] = r
	}
	from, to, _ := h.COO()
	order := make([]int, len(from))
	for e := range from {
		edge := [2]int{from[e], to[e]}
		r, named := at[edge]
		if !named {
			return nil, fmt.Errorf("no edge (%d, %d), which the graph has, want each of its %d edges once", from[e], to[e], len(from))
		}
		delete(at, edge)
		order[e] = r
	}
	for r := range row {
		if _, left := at[[2]int{row[r], col[r]}]; left {
			return nil, fmt.Errorf("edge %d is (%d, %d), which the graph has not", r, row[r], col[r])
		}
	}
	return order, nil
}
