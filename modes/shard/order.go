package shard

import (
	"cmp"
	"context"
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
// s must give any rows at any time, as those of [FromGraph], [FromHost] and
// [FromStore] do. progress is told how much is done, from 0 to 1; nil: nobody is.
// Memory is 17 bytes a node. It errs where s does, and with the context's cause.
func Locality(ctx context.Context, s Source, progress func(done float64)) ([]int32, error) {
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("shard: %w", err)
	}
	rows := &rowsRead{ctx: ctx, s: s, progress: progress}
	starts, degree := make([]int32, s.Nodes), make([]int64, s.Nodes)
	for lo := int64(0); lo < s.Nodes; lo += rowsTold {
		e, err := rows.read(lo, min(lo+rowsTold, s.Nodes))
		if err != nil {
			return nil, fmt.Errorf("shard: %w", err)
		}
		for i := range e.Rows() {
			starts[lo+int64(i)], degree[lo+int64(i)] = int32(lo)+int32(i), e.Ptr[i+1]-e.Ptr[i]
		}
	}
	byDegree := func(i, j int32) int { return cmp.Or(cmp.Compare(degree[i], degree[j]), cmp.Compare(i, j)) }
	slices.SortFunc(starts, byDegree)
	order, err := host.BreadthFirst(len(starts), starts, func(i int32) ([]int32, error) {
		e, err := rows.read(int64(i), int64(i)+1)
		return e.Col, err
	}, byDegree)
	if err != nil {
		return nil, fmt.Errorf("shard: %w", err)
	}
	return order, nil
}

// rowsTold is after how many rows Locality tells its progress, and looks whether
// it is to stop.
const rowsTold = 4096

// rowsRead reads the rows that Locality asks for, each twice.
type rowsRead struct {
	ctx      context.Context
	s        Source
	progress func(done float64)
	e        Edges
	done     int64
	next     int64 // when it is told
}

func (r *rowsRead) read(lo, hi int64) (*Edges, error) {
	if r.done >= r.next {
		r.next = r.done + rowsTold
		if r.ctx.Err() != nil {
			return &r.e, context.Cause(r.ctx)
		}
		if r.progress != nil {
			r.progress(float64(r.done) / float64(2*r.s.Nodes))
		}
	}
	r.done += hi - lo
	if err := r.s.Edges(lo, hi, &r.e); err != nil {
		return &r.e, err
	}
	return &r.e, r.e.check(r.s.Nodes)
}

// Reordered is s with row order[i] at place i, which the store remembers: see
// Store.Order. s must give any rows at any time; its columns of one value a row
// are read into memory. It errs unless order has each row once.
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
	out.Labels, out.Names = reorderedColumn(s.Labels, order), reorderedColumn(s.Names, order)
	old := func(lo, hi int64, to []int64) error {
		for i := range to {
			to[i] = lo + int64(i)
		}
		return nil
	}
	if s.Order != nil {
		old = s.Order
	}
	out.Order = reorderedColumn(old, order)
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

// reorderedColumn gives a column in another order, and reads it once, when it is
// first asked for; nil stays nil.
func reorderedColumn[T any](rows func(lo, hi int64, to []T) error, order []int32) func(lo, hi int64, to []T) error {
	if rows == nil {
		return nil
	}
	var all []T
	return func(lo, hi int64, to []T) error {
		if all == nil {
			read := make([]T, len(order))
			if err := rows(0, int64(len(order)), read); err != nil {
				return err
			}
			all = read
		}
		for k, i := range order[lo:hi] {
			to[k] = all[i]
		}
		return nil
	}
}

// reorderedRows gives rows of so many values in another order; nil stays nil.
func reorderedRows(rows func(lo, hi int64, to []float32) error, order []int32, width int) func(lo, hi int64, to []float32) error {
	if rows == nil {
		return nil
	}
	return func(lo, hi int64, to []float32) error {
		for k, i := range order[lo:hi] {
			if err := rows(int64(i), int64(i)+1, to[k*width:(k+1)*width]); err != nil {
				return err
			}
		}
		return nil
	}
}
