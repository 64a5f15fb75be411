package graphfile

import (
	"fmt"
	"math"
)

// csr is a matrix in compressed sparse rows; val is nil where every stored
// value is 1.
type csr struct {
	rows, cols int
	ptr, col   []int32
	val        []float32
}

// appendRows appends the rows from lo up to hi: their ends, columns and values.
func (a csr) appendRows(lo, hi int, ptr []int64, col []int32, val []float32) ([]int64, []int32, []float32) {
	p, q := a.ptr[lo], a.ptr[hi]
	base := int64(len(col)) - int64(p)
	for _, end := range a.ptr[lo+1 : hi+1] {
		ptr = append(ptr, base+int64(end))
	}
	if a.val != nil {
		val = append(val, a.val[p:q]...)
	}
	return ptr, append(col, a.col[p:q]...), val
}

// readRow appends a row of features.
func (a *csr) readRow(words []string) error {
	for j, s := range words {
		v, ok := parseNumber(s)
		if !ok {
			return fmt.Errorf("feature %d = %s, want a finite number", j+1, quote(s))
		}
		if v != 0 {
			a.col, a.val = append(a.col, int32(j)), append(a.val, float32(v))
		}
	}
	a.rows++
	a.ptr = append(a.ptr, int32(len(a.col)))
	return nil
}

// filter keeps the entries for which keep is true, in place.
func (a *csr) filter(keep func(row, p int32) bool) {
	var n int32
	for i := range int32(a.rows) {
		first := a.ptr[i]
		a.ptr[i] = n
		for p := first; p < a.ptr[i+1]; p++ {
			if !keep(i, p) {
				continue
			}
			a.col[n] = a.col[p]
			if a.val != nil {
				a.val[n] = a.val[p]
			}
			n++
		}
	}
	a.ptr[a.rows] = n
	a.cut(n)
}

func (a *csr) cut(n int32) {
	a.col = a.col[:n]
	if a.val != nil {
		a.val = a.val[:n]
	}
}

// transpose returns the transpose by counting; its columns ascend, and entries
// of the same place keep their order.
func (a csr) transpose() csr {
	t := csr{rows: a.cols, cols: a.rows, ptr: make([]int32, a.cols+1), col: make([]int32, len(a.col))}
	if a.val != nil {
		t.val = make([]float32, len(a.val))
	}
	for _, j := range a.col {
		t.ptr[j+1]++
	}
	for j := range a.cols {
		t.ptr[j+1] += t.ptr[j]
	}
	for i := range int32(a.rows) {
		for p := a.ptr[i]; p < a.ptr[i+1]; p++ {
			q := t.ptr[a.col[p]]
			t.ptr[a.col[p]]++
			t.col[q] = i
			if a.val != nil {
				t.val[q] = a.val[p]
			}
		}
	}
	copy(t.ptr[1:], t.ptr[:a.cols])
	t.ptr[0] = 0
	return t
}

// merge sums entries of the same place, which must be neighbours, in place,
// in float64, and returns how many entries went away.
func (a *csr) merge() int {
	var n int32
	for i := range a.rows {
		p := a.ptr[i]
		a.ptr[i] = n
		for p < a.ptr[i+1] {
			j, sum := a.col[p], 0.0
			for ; p < a.ptr[i+1] && a.col[p] == j; p++ {
				if a.val != nil {
					sum += float64(a.val[p])
				}
			}
			a.col[n] = j
			if a.val != nil {
				a.val[n] = float32(sum)
			}
			n++
		}
	}
	gone := len(a.col) - int(n)
	a.ptr[a.rows] = n
	a.cut(n)
	return gone
}

// infinite finds a value that summing made infinite.
func (a csr) infinite() (row int, col int32, ok bool) {
	if a.val == nil {
		return 0, 0, false
	}
	for i := range a.rows {
		for p := a.ptr[i]; p < a.ptr[i+1]; p++ {
			if math.IsInf(float64(a.val[p]), 0) {
				return i, a.col[p], true
			}
		}
	}
	return 0, 0, false
}

// dense returns all values row by row.
func (a csr) dense() []float32 {
	out := make([]float32, a.rows*a.cols)
	for i := range a.rows {
		for p := a.ptr[i]; p < a.ptr[i+1]; p++ {
			out[i*a.cols+int(a.col[p])] = a.val[p]
		}
	}
	return out
}

// fromList sorts edges into rows by counting, in their order.
func fromList(nodes int, src, dst []int32, w []float32) csr {
	a := csr{rows: nodes, cols: nodes, ptr: make([]int32, nodes+1), col: make([]int32, len(src))}
	if w != nil {
		a.val = make([]float32, len(w))
	}
	for _, i := range src {
		a.ptr[i+1]++
	}
	for i := range nodes {
		a.ptr[i+1] += a.ptr[i]
	}
	for e, i := range src {
		p := a.ptr[i]
		a.ptr[i]++
		a.col[p] = dst[e]
		if w != nil {
			a.val[p] = w[e]
		}
	}
	copy(a.ptr[1:], a.ptr[:nodes])
	a.ptr[0] = 0
	return a
}
