package shard

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/graphpool/graphpool/ops/host"
)

// Locality is an order of the rows in which neighbours stand near each other,
// so that a block's neighbours lie in few blocks: Cuthill and McKee's, which
// goes through each component breadth first, from a node of the lowest degree,
// and lists the neighbours of a node by rising degree; see host.BreadthFirst.
// order[i] is the row that comes at place i.
//
// s must give any rows at any time, as those of [FromGraph] and [FromHost] do.
// Memory is 17 bytes a node. It errs where s does.
func Locality(s Source) ([]int32, error) {
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("shard: %w", err)
	}
	n := int(s.Nodes)
	var e Edges
	row := func(i int32) ([]int32, error) {
		if err := s.Edges(int64(i), int64(i)+1, &e); err != nil {
			return nil, err
		}
		return e.Col, e.check(s.Nodes)
	}
	starts, degree := make([]int32, n), make([]int64, n)
	for i := range starts {
		neighbours, err := row(int32(i))
		if err != nil {
			return nil, fmt.Errorf("shard: %w", err)
		}
		starts[i], degree[i] = int32(i), int64(len(neighbours))
	}
	byDegree := func(i, j int32) int { return cmp.Or(cmp.Compare(degree[i], degree[j]), cmp.Compare(i, j)) }
	slices.SortFunc(starts, byDegree)
	order, err := host.BreadthFirst(n, starts, row, byDegree)
	if err != nil {
		return nil, fmt.Errorf("shard: %w", err)
	}
	return order, nil
}

// Reordered is s with row order[i] at place i, which the store remembers: see
// Store.Order. s must give any rows at any time. It errs unless order has each
// row once.
func Reordered(s Source, order []int32) (Source, error) {
	place := make([]int32, len(order))
	for i := range place {
		place[i] = -1
	}
	if int64(len(order)) != s.Nodes {
		return s, fmt.Errorf("shard: an order of %d rows, want the graph's %d", len(order), s.Nodes)
	}
	for i, row := range order {
		if row < 0 || int64(row) >= s.Nodes || place[row] >= 0 {
			return s, fmt.Errorf("shard: order[%d] = %d, want each of 0 to %d once", i, row, s.Nodes-1)
		}
		place[row] = int32(i)
	}
	out := s
	out.Edges = reorderedEdges(s, order, place)
	out.X = reorderedRows(s.X, order, s.Features)
	out.Labels, out.Names = reorderedRows(s.Labels, order, 1), reorderedRows(s.Names, order, 1)
	old := func(lo, hi int64, to []int64) error {
		for i := range to {
			to[i] = lo + int64(i)
		}
		return nil
	}
	if s.Order != nil {
		old = s.Order
	}
	out.Order = reorderedRows(old, order, 1)
	return out, nil
}

// reorderedEdges gives rows in another order, columns ascending.
func reorderedEdges(s Source, order, place []int32) func(lo, hi int64, e *Edges) error {
	var row Edges
	var at []int
	return func(lo, hi int64, e *Edges) error {
		e.Ptr, e.Col, e.Weight = append(e.Ptr[:0], 0), e.Col[:0], nil
		var weights []float32
		for _, i := range order[lo:hi] {
			if err := s.Edges(int64(i), int64(i)+1, &row); err != nil {
				return err
			}
			at = at[:0]
			for p := range row.Col {
				at = append(at, p)
			}
			slices.SortStableFunc(at, func(p, q int) int { return cmp.Compare(place[row.Col[p]], place[row.Col[q]]) })
			for _, p := range at {
				e.Col = append(e.Col, place[row.Col[p]])
				if row.Weight != nil {
					weights = append(weights, row.Weight[p])
				}
			}
			e.Ptr = append(e.Ptr, int64(len(e.Col)))
		}
		if s.Weighted {
			e.Weight = weights
		}
		return nil
	}
}

// reorderedRows gives rows of so many values in another order; nil stays nil.
func reorderedRows[T any](rows func(lo, hi int64, to []T) error, order []int32, width int) func(lo, hi int64, to []T) error {
	if rows == nil {
		return nil
	}
	return func(lo, hi int64, to []T) error {
		for k, i := range order[lo:hi] {
			if err := rows(int64(i), int64(i)+1, to[k*width:(k+1)*width]); err != nil {
				return err
			}
		}
		return nil
	}
}
