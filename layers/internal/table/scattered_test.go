package table_test

import (
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// tableScattered lays graphs out as no constructor does, but a mask or ids of
// the user's may: in disjoint mode with the nodes of all graphs in turn, in
// batch mode with padding after every node, and padding that has features in
// both.
func tableScattered(mode modes.Mode) tableBuilder {
	return func(g *G.ExprGraph, dt tensor.Dtype, graphs []*modes.Host) (modes.Graph, error) {
		h, ids := tableScatter(mode, graphs)
		in, err := modes.NewSingle(g, "in", h, dt)
		if err != nil {
			return modes.Graph{}, err
		}
		in.Mode, in.Graphs, in.IDs = mode, len(graphs), layertest.IDs(g, ids)
		if mode == modes.Batch {
			in.X.Dense = layertest.Node(g, dt, "in/apart", []int{len(graphs), len(ids) / len(graphs), tableWidth}, h.X.Data().([]float64))
		}
		return in, nil
	}
}

// tableScatter is graphs as one of many rows, and the graph of each row.
func tableScatter(mode modes.Mode, graphs []*modes.Host) (*modes.Host, []int) {
	rows, count := tableRows(mode, graphs)
	ids, x := make([]int, count), make([]float64, count*tableWidth)
	for i := range ids {
		ids[i] = -1
	}
	for i := range x {
		x[i] = 0.5 + float64(i%7)
	}
	var row, col []int
	var w []float64
	for b, h := range graphs {
		for i, r := range rows[b] {
			ids[r] = b // graphs without nodes have no rows
			copy(x[r*tableWidth:], h.X.Data().([]float64)[i*tableWidth:][:tableWidth])
			if h.Pattern == nil {
				continue
			}
			for e := h.Pattern.Ptr()[i]; e < h.Pattern.Ptr()[i+1]; e++ {
				row, col, w = append(row, r), append(col, rows[b][h.Pattern.Col()[e]]), append(w, h.Weights[e])
			}
		}
	}
	p, order, err := ops.PatternFromCOO(count, count, row, col)
	if err != nil {
		panic(err) // the rows are those above
	}
	all := &modes.Host{Nodes: count, Pattern: p, Weights: make([]float64, len(order))}
	for to, from := range order {
		all.Weights[to] = w[from]
	}
	all.X = tensor.New(tensor.WithShape(count, tableWidth), tensor.WithBacking(x))
	return all, ids
}

// tableRows is the row of each node of each graph, and how many there are.
func tableRows(mode modes.Mode, graphs []*modes.Host) (rows [][]int, count int) {
	rows = make([][]int, len(graphs))
	most := 0
	for _, h := range graphs {
		most = max(most, h.Nodes)
	}
	for i := range most {
		for b, h := range graphs {
			switch {
			case i >= h.Nodes:
			case mode == modes.Batch:
				rows[b] = append(rows[b], 2*(b*most+i))
			default:
				rows[b] = append(rows[b], count)
				count++
			}
		}
		count++ // padding
	}
	if mode == modes.Batch {
		count = 2 * most * len(graphs)
	}
	return rows, count
}
