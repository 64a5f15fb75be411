package inputs

import (
	"cmp"
	"slices"

	"github.com/graphpool/graphpool/modes/graphfile"
)

// atColumns is f with column j as column to[j]; to is a permutation.
func atColumns(f *graphfile.Features, to []int32) *graphfile.Features {
	out := &graphfile.Features{Rows: f.Rows, Cols: f.Cols}
	if f.Dense != nil {
		out.Dense = make([]float32, len(f.Dense))
		for i := range f.Rows {
			for j, c := range to {
				out.Dense[i*f.Cols+int(c)] = f.Dense[i*f.Cols+j]
			}
		}
		return out
	}
	out.RowPtr, out.Col = f.RowPtr, make([]int32, len(f.Col))
	if f.Values != nil {
		out.Values = make([]float32, len(f.Values))
	}
	var row []entry
	for i := range f.Rows {
		first := f.RowPtr[i]
		row = movedRow(row, f.Col, first, f.RowPtr[i+1], to)
		for j, e := range row {
			out.Col[int(first)+j] = e.col
			if out.Values != nil {
				out.Values[int(first)+j] = f.Values[e.at]
			}
		}
	}
	return out
}

// entry is an entry of a row in its new column, and where it was.
type entry struct{ col, at int32 }

// movedRow is the entries first to last of col, the last excluded, with column j as
// column to[j], in the order of the new columns. It stands in the memory of row.
func movedRow(row []entry, col []int32, first, last int32, to []int32) []entry {
	row = row[:0]
	for p := first; p < last; p++ {
		row = append(row, entry{to[col[p]], p})
	}
	slices.SortFunc(row, func(a, b entry) int { return cmp.Compare(a.col, b.col) })
	return row
}
