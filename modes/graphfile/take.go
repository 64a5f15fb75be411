package graphfile

import (
	"slices"
	"sort"
)

// renumbered is the edges a where each node has the row that from says; a's own
// arrays are used.
func (a csr) renumbered(from rowMap) csr {
	at := from.nodes(a.rows)
	for p, j := range a.col {
		a.col[p] = at[j]
	}
	if !from.ascends() {
		moved := a.take(from)
		moved.cols = moved.rows
		moved.sortRows()
		return moved
	}
	ptr := make([]int32, 1, len(from)+1)
	for i, row := range from {
		end := ptr[i]
		if row >= 0 {
			end = a.ptr[row+1]
		}
		ptr = append(ptr, end)
	}
	return csr{rows: len(from), cols: len(from), ptr: ptr, col: a.col, val: a.val}
}

// take is the matrix whose row i is row by[i] of a, empty where that is −1.
func (a csr) take(by []int32) csr {
	out := csr{rows: len(by), cols: a.cols, ptr: make([]int32, 1, len(by)+1), col: make([]int32, 0, len(a.col))}
	if a.val != nil {
		out.val = make([]float32, 0, len(a.val))
	}
	for _, o := range by {
		if o >= 0 {
			out.col = append(out.col, a.col[a.ptr[o]:a.ptr[o+1]]...)
			if a.val != nil {
				out.val = append(out.val, a.val[a.ptr[o]:a.ptr[o+1]]...)
			}
		}
		out.ptr = append(out.ptr, int32(len(out.col)))
	}
	return out
}

// sortRows sorts each row by column.
func (a csr) sortRows() {
	for i := range a.rows {
		e := entries{col: a.col[a.ptr[i]:a.ptr[i+1]]}
		if a.val == nil {
			slices.Sort(e.col)
			continue
		}
		e.val = a.val[a.ptr[i]:a.ptr[i+1]]
		sort.Sort(e)
	}
}

// take is the features whose row i is row by[i] of f, 0 where that is −1.
func (f *Features) take(by []int32) *Features {
	if f.Dense == nil {
		a := csr{rows: f.Rows, cols: f.Cols, ptr: f.RowPtr, col: f.Col, val: f.Values}.take(by)
		return &Features{Rows: a.rows, Cols: a.cols, RowPtr: a.ptr, Col: a.col, Values: a.val}
	}
	out := &Features{Rows: len(by), Cols: f.Cols, Dense: make([]float32, len(by)*f.Cols)}
	for i, o := range by {
		if o >= 0 {
			copy(out.Dense[i*f.Cols:(i+1)*f.Cols], f.Dense[int(o)*f.Cols:])
		}
	}
	return out
}
