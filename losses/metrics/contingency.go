package metrics

import "fmt"

// cell counts the nodes that are in cluster row and have label col.
type cell struct {
	row, col int32
	count    int64
}

// table is the contingency table of two clusterings of the same nodes, over
// the nodes that have a number in both. Only cells with a count are stored, in
// order of first appearance.
type table struct {
	cells      []cell
	rows, cols []int64 // sums of the rows and columns
	n          int64
}

func newTable(clusters, labels []int) (table, error) {
	if len(clusters) != len(labels) {
		return table{}, fmt.Errorf("metrics: labels has %d entries, want as many as clusters (%d)", len(labels), len(clusters))
	}
	r, c := paired(clusters, labels)
	rows, rowSums, err := compact("clusters", r)
	if err != nil {
		return table{}, err
	}
	cols, colSums, err := compact("labels", c)
	if err != nil {
		return table{}, err
	}
	t := table{rows: rowSums, cols: colSums}
	t.count(rows, cols)
	return t, nil
}

// paired returns copies in which a node that lacks one of its two numbers has
// neither.
func paired(clusters, labels []int) (r, c []int) {
	r = append(r, clusters...)
	c = append(c, labels...)
	for i := range r {
		if r[i] == Unassigned && c[i] >= Unassigned {
			c[i] = Unassigned
		}
		if c[i] == Unassigned && r[i] >= Unassigned {
			r[i] = Unassigned
		}
	}
	return r, c
}

func (t *table) count(rows, cols []int32) {
	at := make(map[[2]int32]int)
	for i, r := range rows {
		if r == Unassigned {
			continue
		}
		key := [2]int32{r, cols[i]}
		p, ok := at[key]
		if !ok {
			p = len(t.cells)
			at[key] = p
			t.cells = append(t.cells, cell{row: r, col: cols[i]})
		}
		t.cells[p].count++
		t.n++
	}
}
