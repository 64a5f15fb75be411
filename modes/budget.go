package modes

import (
	"fmt"
	"slices"
)

// Budget is the capacities of an input of several graphs: one compiled graph
// serves every batch within them. What a batch leaves unused is padding. A
// field that is 0 is as large as the first graphs need.
type Budget struct {
	Graphs        int  // graphs; those beyond the ones given are graphs without nodes
	Nodes         int  // disjoint mode: nodes of all graphs together
	NodesPerGraph int  // batch mode: nodes of each graph
	Edges         int  // stored entries of all sparse adjacencies together
	Stored        int  // stored entries of all sparse features together
	Weighted      bool // room for edge weights, though the first graphs have none

	Levels []Budget // of the levels that Coarsen made, from fine to coarse
}

// BudgetFor is the budget into which every choice of as many as size of the
// graphs fits: the sums over the largest ones.
func BudgetFor(graphs []*Host, size int) (Budget, error) {
	if size < 1 {
		return Budget{}, fmt.Errorf("modes: size = %d, want at least 1 graph a batch", size)
	}
	if _, err := survey(graphs); err != nil {
		return Budget{}, fmt.Errorf("modes: %w", err)
	}
	nodes, edges, stored := make([]int, len(graphs)), make([]int, len(graphs)), make([]int, len(graphs))
	b := Budget{Graphs: size}
	for i, h := range graphs {
		a := h.adjacency()
		nodes[i], edges[i] = h.Nodes, len(a.col)
		if h.SparseX != nil {
			stored[i] = h.SparseX.Pattern.NNZ()
		}
		b.Weighted = b.Weighted || a.values != nil
	}
	for l := range levelsOf(graphs) {
		level, err := BudgetFor(coarse(graphs, l), size)
		if err != nil {
			return Budget{}, err
		}
		b.Levels = append(b.Levels, level)
	}
	b.NodesPerGraph = slices.Max(nodes)
	b.Nodes, b.Edges, b.Stored = sumLargest(nodes, size), sumLargest(edges, size), sumLargest(stored, size)
	return b, nil
}

// sumLargest is the sum of the size largest of x, which it sorts.
func sumLargest(x []int, size int) int {
	slices.Sort(x)
	sum := 0
	for _, v := range x[max(0, len(x)-size):] {
		sum += v
	}
	return sum
}

func (b Budget) check() error {
	for _, f := range []struct {
		name  string
		value int
	}{
		{"Graphs", b.Graphs},
		{"Nodes", b.Nodes},
		{"NodesPerGraph", b.NodesPerGraph},
		{"Edges", b.Edges},
		{"Stored", b.Stored},
	} {
		if err := atLeast("Budget."+f.name, f.value, 0); err != nil {
			return err
		}
	}
	for _, level := range b.Levels {
		if err := level.check(); err != nil {
			return err
		}
	}
	return nil
}
