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
	type entry struct{ col, at int32 }
	out.RowPtr, out.Col = f.RowPtr, make([]int32, len(f.Col))
	if f.Values != nil {
		out.Values = make([]float32, len(f.Values))
	}
	var row []entry
	for i := range f.Rows {
		row = row[:0]
		first := f.RowPtr[i]
		for p := first; p < f.RowPtr[i+1]; p++ {
			row = append(row, entry{to[f.Col[p]], p})
		}
		slices.SortFunc(row, func(a, b entry) int { return cmp.Compare(a.col, b.col) })
		for j, e := range row {
			out.Col[int(first)+j] = e.col
			if out.Values != nil {
				out.Values[int(first)+j] = f.Values[e.at]
			}
		}
	}
	return out
}
