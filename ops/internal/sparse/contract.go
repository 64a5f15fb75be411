package sparse

import (
	"slices"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Contract is m with row and column i at to[i], −1 for none, and one entry for all
// that go to one place; into is the entry that each entry of m becomes part of, −1
// for none. Columns of a row rise. Without loops what goes to the diagonal drops
// out.
func Contract(m *kernels.CSR, to []int32, places int, loops bool) (out *kernels.CSR, into []int32) {
	rows := RowsAt(to, places)
	room := make([]int32, places+1) // the entries of each new row are no more than those of its rows
	for i := range places {
		room[i+1] = room[i]
		for _, r := range rows.Of(i) {
			room[i+1] += m.Ptr[r+1] - m.Ptr[r]
		}
	}
	into = make([]int32, m.NNZ())
	keys, ptr := make([]uint64, room[places]), make([]int32, places+1)
	for e := range into {
		into[e] = -1
	}
	kept := make([]int32, places) // the entries of each new row before they are merged
	cost := 8 * (1 + m.NNZ()/places)
	kernels.ForRows(places, cost, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			row := newRow(m, keys[room[i]:room[i]:room[i+1]], rows.Of(i), to, int32(i), loops)
			kept[i] = int32(len(row))
			for k := range row {
				if k == 0 || row[k]>>32 != row[k-1]>>32 {
					ptr[i+1]++
				}
			}
		}
	})
	for i := range places {
		ptr[i+1] += ptr[i]
	}
	col := make([]int32, ptr[places])
	kernels.ForRows(places, cost, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			at, row := ptr[i]-1, keys[room[i]:][:kept[i]]
			for k, key := range row {
				if k == 0 || key>>32 != row[k-1]>>32 {
					at++
					col[at] = int32(key >> 32)
				}
				into[uint32(key)] = at
			}
		}
	})
	return kernels.NewCSR(places, places, ptr, col), into
}

// newRow is the entries of the rows that become row i, each as its new column
// and, in the lower half, itself, in rising order.
func newRow(m *kernels.CSR, keys []uint64, rows, to []int32, i int32, loops bool) []uint64 {
	for _, r := range rows {
		for e := m.Ptr[r]; e < m.Ptr[r+1]; e++ {
			if c := to[m.Col[e]]; c >= 0 && (loops || c != i) {
				keys = append(keys, uint64(c)<<32|uint64(e))
			}
		}
	}
	slices.Sort(keys)
	return keys
}

// Grouped is the rows of each place.
type Grouped struct{ ptr, rows []int32 }

// Of is the rows of place i, rising.
func (g Grouped) Of(i int) []int32 { return g.rows[g.ptr[i]:g.ptr[i+1]] }

// RowsAt is the rows of each place, to being that of each row, −1 for none.
func RowsAt(to []int32, places int) Grouped {
	ptr := make([]int32, places+1)
	for _, c := range to {
		if c >= 0 {
			ptr[c+1]++
		}
	}
	for i := range places {
		ptr[i+1] += ptr[i]
	}
	next, rows := append([]int32{}, ptr[:places]...), make([]int32, ptr[places])
	for i, c := range to {
		if c >= 0 {
			rows[next[c]] = int32(i)
			next[c]++
		}
	}
	return Grouped{ptr, rows}
}
