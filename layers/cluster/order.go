package cluster

import (
	"cmp"
	"slices"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/host"
)

// Order is the order in which nodes lie in memory while the model trains. All
// that comes out is in the order of the graph; sums are added up in another
// order, which changes last digits.
type Order string

// The orders.
const (
	AsGiven      Order = "none"     // that of the graph; "" too
	ByClusters   Order = "clusters" // cluster by cluster of the start
	CuthillMcKee Order = "rcm"      // reverse Cuthill–McKee: neighbours have near numbers
)

// order is the nodes in the order that o asks for; nil: as they are.
func (t *Task) order(o Options, start []int) []int32 {
	switch {
	case t.Raw():
	case o.Order == ByClusters && start != nil:
		return byLabel(start, o.K)
	case o.Order == CuthillMcKee:
		return cuthillMcKee(t.input.Pattern)
	}
	return nil
}

// byLabel is the places of labels −1 to k−1, label by label.
func byLabel(labels []int, k int) []int32 {
	next := make([]int32, k+2)
	for _, l := range labels {
		next[l+2]++
	}
	for l := range k {
		next[l+1] += next[l]
	}
	out := make([]int32, len(labels))
	for i, l := range labels {
		out[next[l+1]] = int32(i)
		next[l+1]++
	}
	return out
}

// cuthillMcKee is the nodes of a symmetric pattern level by level from the
// first node of each component, those beside one node by their degrees,
// backwards, as by A. George, 1971; see host.BreadthFirst.
func cuthillMcKee(p *ops.Pattern) []int32 {
	ptr, col := p.Ptr(), p.Col()
	starts := make([]int32, p.Rows())
	for i := range starts {
		starts[i] = int32(i)
	}
	degree := func(i int32) int32 { return ptr[i+1] - ptr[i] }
	out, _ := host.BreadthFirst(p.Rows(), starts, // no row errs
		func(i int32) ([]int32, error) { return col[ptr[i]:ptr[i+1]], nil },
		func(i, j int32) int { return cmp.Or(cmp.Compare(degree(i), degree(j)), cmp.Compare(i, j)) })
	slices.Reverse(out)
	return out
}

// reorder is h with its nodes in another order, with the features z.
func reorder(h *modes.Host, z []float32, order []int32) (*modes.Host, error) {
	n, cols := h.Nodes, len(z)/len(order)
	place, ptr := make([]int32, n), make([]int32, n+1)
	from := h.Pattern.Ptr()
	for i, old := range order {
		place[old] = int32(i)
		ptr[i+1] = ptr[i] + from[old+1] - from[old]
	}
	col, x := make([]int32, len(h.Pattern.Col())), make([]float32, len(z))
	var weights []float64
	if h.Weights != nil {
		weights = make([]float64, len(h.Weights))
	}
	host.Rows(n, func(_, lo, hi int) {
		var row []entry
		for i := lo; i < hi; i++ {
			old := int(order[i])
			copy(x[i*cols:(i+1)*cols], z[old*cols:(old+1)*cols])
			row = row[:0]
			for e := from[old]; e < from[old+1]; e++ {
				row = append(row, entry{place[h.Pattern.Col()[e]], e})
			}
			slices.SortFunc(row, func(a, b entry) int { return cmp.Or(cmp.Compare(a.col, b.col), cmp.Compare(a.at, b.at)) })
			for j, e := range row {
				col[int(ptr[i])+j] = e.col
				if weights != nil {
					weights[int(ptr[i])+j] = h.Weights[e.at]
				}
			}
		}
	})
	p, err := ops.NewPattern(n, n, ptr, col)
	if err != nil {
		return nil, err
	}
	return &modes.Host{Nodes: n, Pattern: p, Weights: weights, X: tensor.New(tensor.WithShape(n, cols), tensor.WithBacking(x))}, nil
}

// entry is one of a row: its new column, and where it stood.
type entry struct{ col, at int32 }

// restore is rows of k numbers brought back from an order.
func restore(rows []float32, k int, order []int32) []float32 {
	out := make([]float32, len(rows))
	for i, old := range order {
		copy(out[int(old)*k:(int(old)+1)*k], rows[i*k:(i+1)*k])
	}
	return out
}
