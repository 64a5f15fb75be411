package graphfile

import (
	"fmt"
	"slices"
)

// tuFeatures is the features of all nodes, or of all entries.
type tuFeatures struct {
	attributes tuTable[float32]
	labels     [][]int // for each column of labels, the number of each row's among values
	values     [][]int // for each column of labels, those that there are, ascending
	cols       int     // of attributes and labels in all
}

// features reads attributes and labels of nodes or edges; both may be missing.
func (f *tuFiles) features(of string, rows int, what string) (t tuFeatures, err error) {
	if kind := of + "_attributes"; f.has(kind) {
		if t.attributes, err = f.floats(kind, rows, what); err != nil {
			return t, err
		}
		t.cols = t.attributes.cols
	}
	if kind := of + "_labels"; f.has(kind) {
		labels, err := f.ints(kind, 0, rows, what)
		if err != nil {
			return t, err
		}
		t.labels, t.values = numbered(labels)
		for _, v := range t.values {
			t.cols += len(v)
		}
	}
	return t, nil
}

// numbered is, for each column of t, the values that there are, ascending, and
// the number of each row's value among them.
func numbered(t tuTable[int]) (of, values [][]int) {
	for c := range t.cols {
		column := make([]int, t.rows)
		for i := range column {
			column[i] = t.row(i)[c]
		}
		there := slices.Clone(column)
		slices.Sort(there)
		there = slices.Clone(slices.Compact(there))
		for i, v := range column {
			column[i], _ = slices.BinarySearch(there, v)
		}
		of, values = append(of, column), append(values, there)
	}
	return of, values
}

// tuParts says for each graph what its rows of features are made of: each is
// the mean of the rows that it names.
type tuParts [][][]int32

// of is the features of every graph; nil where there are no columns. All are
// of one form, dense where more than a quarter of all values is not 0.
func (p tuParts) of(t tuFeatures, what string) ([]*Features, error) {
	if t.cols == 0 {
		return nil, nil
	}
	all, stored, size := make([]csr, len(p)), 0, 0
	for g, rows := range p {
		all[g] = t.means(rows)
		if err := all[g].tidy(what); err != nil {
			return nil, fmt.Errorf("graph %d: %w", g+1, err)
		}
		stored, size = stored+len(all[g].col), size+len(rows)
	}
	out := make([]*Features, len(p))
	for g, a := range all {
		if a.rows > 0 {
			out[g] = a.features(mostlyFull(stored, size, t.cols, false))
		}
	}
	return out, nil
}

// means is a row for each of rows, not tidy yet.
func (t tuFeatures) means(rows [][]int32) csr {
	a := csr{rows: len(rows), cols: t.cols, ptr: make([]int32, 1, len(rows)+1), val: []float32{}}
	for _, from := range rows {
		for _, i := range from {
			t.add(&a, int(i), 1/float64(len(from)))
		}
		a.ptr = append(a.ptr, int32(len(a.col)))
	}
	return a
}

// add appends row i, times share, to a's last row.
func (t tuFeatures) add(a *csr, i int, share float64) {
	if t.attributes.cols > 0 {
		for c, v := range t.attributes.row(i) {
			if v != 0 {
				a.col, a.val = append(a.col, int32(c)), append(a.val, float32(share*float64(v)))
			}
		}
	}
	first := t.attributes.cols
	for k, of := range t.labels {
		a.col, a.val = append(a.col, int32(first+of[i])), append(a.val, float32(share))
		first += len(t.values[k])
	}
}
