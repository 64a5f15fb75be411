package matching

import (
	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Components is the lowest row of each row's component, of the graph of the
// entries of m that join tells; −1 for rows of no segment.
func Components(m *kernels.CSR, ids []int, joins func(e int32) bool) []int {
	root := make([]int, len(ids)) // a row of the component that is no higher
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	for i := range m.Rows {
		for e := m.Ptr[i]; e < m.Ptr[i+1]; e++ {
			if j := int(m.Col[e]); ids[i] == ids[j] && joins(e) {
				a, b := find(i), find(j)
				root[max(a, b)] = min(a, b)
			}
		}
	}
	out := make([]int, len(ids))
	for i, id := range ids {
		if out[i] = find(i); id < 0 {
			out[i] = -1
		}
	}
	return out
}
