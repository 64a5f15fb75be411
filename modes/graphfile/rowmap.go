package graphfile

import "slices"

// rowMap says which row of those that were read each node has; −1: none, the
// node came later. Each row has one node. nil: node i has row i.
type rowMap []int32

// newRowMap is nodes without rows.
func newRowMap(nodes int) rowMap {
	return slices.Repeat(rowMap{-1}, nodes)
}

// ascends tells whether the rows are in the order of their nodes.
func (m rowMap) ascends() bool {
	last := int32(-1)
	for _, row := range m {
		if row >= 0 {
			if row < last {
				return false
			}
			last = row
		}
	}
	return true
}

// nodes is the node of each of so many rows.
func (m rowMap) nodes(rows int) []int32 {
	at := make([]int32, rows)
	for i, row := range m {
		if row >= 0 {
			at[row] = int32(i)
		}
	}
	return at
}

// after is m where the rows that it means are the nodes of first.
func (m rowMap) after(first rowMap) rowMap {
	if first == nil {
		return m
	}
	out := newRowMap(len(m))
	for i, o := range m {
		if o >= 0 {
			out[i] = first[o]
		}
	}
	return out
}

// run is how many nodes from lo on, below hi, have rows that follow each other,
// and the first of these; or how many have none, and −1. m must ascend.
func (m rowMap) run(lo, hi int) (n, row int) {
	if m == nil {
		return hi - lo, lo
	}
	row = int(m[lo])
	for n = 1; lo+n < hi && (m[lo+n] >= 0) == (row >= 0); {
		n++
	}
	return n, row
}
