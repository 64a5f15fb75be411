package inputs

import (
	"cmp"
	"slices"

	"github.com/graphpool/graphpool/modes/graphfile"
)

// order is the nodes of a graph in the order of the model's, then those that the
// model does not know.
func (r matched) order() []int32 {
	out := make([]int32, len(r.to))
	for i := range out {
		out[i] = int32(i)
	}
	slices.SortStableFunc(out, func(a, b int32) int {
		x, y := r.to[a], r.to[b]
		switch {
		case x < 0 && y < 0:
			return 0
		case x < 0:
			return 1
		case y < 0:
			return -1
		}
		return cmp.Compare(x, y)
	})
	return out
}

// ordered is the edges of g with its nodes in an order.
func ordered(g *graphfile.Graph, order []int32) *graphfile.Graph {
	out := &graphfile.Graph{Nodes: g.Nodes, RowPtr: make([]int32, g.Nodes+1), Col: make([]int32, len(g.Col))}
	if g.Weights != nil {
		out.Weights = make([]float32, len(g.Weights))
	}
	place := make([]int32, g.Nodes)
	for i, old := range order {
		place[old] = int32(i)
	}
	var row []entry
	for i, old := range order {
		row = movedRow(row, g.Col, g.RowPtr[old], g.RowPtr[old+1], place)
		first := int(out.RowPtr[i])
		out.RowPtr[i+1] = int32(first + len(row))
		for j, e := range row {
			out.Col[first+j] = e.col
			if out.Weights != nil {
				out.Weights[first+j] = g.Weights[e.at]
			}
		}
	}
	return out
}

// oneHot is a row a node with a 1 in the column of the model's node that it is.
func oneHot(to []int32, cols int) *graphfile.Features {
	f := &graphfile.Features{Rows: len(to), Cols: cols, RowPtr: make([]int32, len(to)+1)}
	for i, j := range to {
		if j >= 0 {
			f.Col = append(f.Col, j)
		}
		f.RowPtr[i+1] = int32(len(f.Col))
	}
	return f
}

// randomRows is the random rows of the model's nodes, for those of a graph that
// they are, and rows behind them for the others.
func (n Note) randomRows(to []int32) (*graphfile.Features, error) {
	total := n.Nodes
	for _, j := range to {
		if j < 0 {
			total++
		}
	}
	all, err := (&graphfile.Graph{Nodes: total}).FeaturesFrom(Random, n.Columns, n.Seed)
	if err != nil {
		return nil, err
	}
	f := &graphfile.Features{Rows: len(to), Cols: n.Columns}
	fresh := n.Nodes
	for _, j := range to {
		row := int(j)
		if j < 0 {
			row, fresh = fresh, fresh+1
		}
		f.Dense = append(f.Dense, all.Dense[row*n.Columns:(row+1)*n.Columns]...)
	}
	return f, nil
}
