package losses_test

import (
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// layout is a way to lay graphs out in tensors.
type layout struct {
	name     string
	mode     modes.Mode
	dense    bool
	padding  int     // rows added to each graph (batch), or to all (disjoint)
	garbage  float64 // the assignment of rows of padding
	shuffled bool    // disjoint mode: one row of each graph after the other
	parallel bool    // each sparse entry as two of one place, one of them negative
}

// layouts is every layout of several graphs of any sizes.
func layouts() []layout {
	return []layout{
		{name: "disjoint", mode: modes.Disjoint},
		{name: "disjoint, parallel", mode: modes.Disjoint, parallel: true},
		{name: "batch, parallel", mode: modes.Batch, parallel: true},
		{name: "disjoint, dense", mode: modes.Disjoint, dense: true},
		{name: "disjoint, shuffled", mode: modes.Disjoint, shuffled: true},
		{name: "disjoint, padded", mode: modes.Disjoint, padding: 3},
		{name: "batch", mode: modes.Batch},
		{name: "batch, dense", mode: modes.Batch, dense: true},
		{name: "batch, padded", mode: modes.Batch, padding: 2},
		{name: "batch, dense, padded", mode: modes.Batch, dense: true, padding: 2},
	}
}

// input is graphs laid out. at[b][i] is the row of node i of graph b, and
// edge[b][e] the position of entry e of graph b among the values of A.
type input struct {
	modes.Graph
	s, a *G.Node
	at   [][]int
	edge [][]int
	rows int
}

// lay makes the nodes of graphs in a layout.
func (l layout) lay(g *G.ExprGraph, dt tensor.Dtype, k int, graphs []signal) (input, error) {
	in := input{Graph: modes.Graph{Mode: l.mode, Graphs: len(graphs)}}
	width := in.place(l, graphs)
	ids := make([]int, in.rows)
	s := make([]float64, in.rows*k)
	for r := range ids {
		ids[r] = -1
		for c := range k {
			s[r*k+c] = l.garbage
		}
	}
	for b, x := range graphs {
		for i, r := range in.at[b] {
			ids[r] = b
			copy(s[r*k:], x.s[i*k:(i+1)*k])
		}
	}
	if l.mode != modes.Single {
		in.IDs = G.NewVector(g, tensor.Int, G.WithShape(in.rows), G.WithName("ids"),
			G.WithValue(tensor.New(tensor.WithShape(in.rows), tensor.WithBacking(ids))))
	}
	shape := []int{in.rows, k}
	if l.mode == modes.Batch || l.mode == modes.Mixed {
		shape = []int{len(graphs), width, k}
	}
	in.s = floats(g, dt, "s", shape, s)
	return in, in.adjacency(g, dt, l, width, graphs)
}

// place finds a row for each node, and is the number of rows of a graph in
// batch mode.
func (in *input) place(l layout, graphs []signal) (width int) {
	in.at = make([][]int, len(graphs))
	for _, x := range graphs {
		width = max(width, x.n)
	}
	width = max(1, width+l.padding)
	switch {
	case l.mode == modes.Batch || l.mode == modes.Mixed:
		in.rows = width * len(graphs)
		for b, x := range graphs {
			for i := range x.n {
				in.at[b] = append(in.at[b], b*width+i)
			}
		}
	case l.shuffled:
		for i := range width {
			for b, x := range graphs {
				if i < x.n {
					in.at[b] = append(in.at[b], in.rows)
					in.rows++
				}
			}
		}
	default:
		for b, x := range graphs {
			for range x.n {
				in.at[b] = append(in.at[b], in.rows)
				in.rows++
			}
		}
		in.rows += l.padding
	}
	in.rows = max(1, in.rows)
	return width
}

func (in *input) adjacency(g *G.ExprGraph, dt tensor.Dtype, l layout, width int, graphs []signal) error {
	in.edge = make([][]int, len(graphs))
	copies := 0
	if l.mode == modes.Mixed {
		copies, graphs = len(graphs), graphs[:1] // all signals are on the first graph
	}
	n := in.rows / max(1, copies)
	var row, col []int
	var w []float64
	for b, x := range graphs {
		for e := range x.w {
			row, col = append(row, in.at[b][x.row[e]]), append(col, in.at[b][x.col[e]])
			w = append(w, x.w[e])
		}
	}
	if l.dense {
		in.denseAdjacency(g, dt, l, width, row, col, w, graphs, copies)
		return nil
	}
	entries := len(w)
	if l.parallel {
		for e := range entries {
			row, col, w = append(row, row[e]), append(col, col[e]), append(w, -w[e])
			w[e] *= 2
		}
	}
	p, order, err := ops.PatternFromCOO(n, n, row, col)
	if err != nil {
		return err
	}
	m := ops.Sparse{Rows: n, Cols: n, Capacity: max(1, len(w))}
	if m.Pattern, err = ops.NewPatternNode(g, "pattern", p); err != nil {
		return err
	}
	values, at := make([]float64, m.Capacity), make([]int, len(w))
	for to, from := range order {
		values[to], at[from] = w[from], to
	}
	in.edges(graphs, at[:entries])
	in.a = floats(g, dt, "a", []int{m.Capacity}, values)
	m.Weights = in.a
	in.A = modes.SparseAdj{Sparse: m, Copies: copies}
	return nil
}

func (in *input) denseAdjacency(g *G.ExprGraph, dt tensor.Dtype, l layout, width int, row, col []int, w []float64, graphs []signal, copies int) {
	shape := []int{in.rows / max(1, copies), in.rows / max(1, copies)}
	if l.mode == modes.Batch {
		shape = []int{len(graphs), width, width}
	}
	a, at := make([]float64, tensor.Shape(shape).TotalSize()), make([]int, len(w))
	last := shape[len(shape)-1]
	for e := range w {
		at[e] = row[e]*last + col[e]%last
		a[at[e]] = w[e]
	}
	in.edges(graphs, at)
	in.a = floats(g, dt, "a", shape, a)
	in.A = modes.DenseAdj{Node: in.a, Copies: copies}
}

// edges gives each graph the positions of its entries.
func (in *input) edges(graphs []signal, at []int) {
	for b, x := range graphs {
		in.edge[b], at = at[:len(x.w)], at[len(x.w):]
	}
}

// floats is an input node.
func floats(g *G.ExprGraph, dt tensor.Dtype, name string, shape []int, x []float64) *G.Node {
	return G.NewTensor(g, dt, len(shape), G.WithShape(shape...), G.WithName(name), G.WithValue(value(dt, shape, x)))
}

func value(dt tensor.Dtype, shape []int, x []float64) *tensor.Dense {
	if dt == tensor.Float64 {
		return tensor.New(tensor.WithShape(shape...), tensor.WithBacking(x))
	}
	narrow := make([]float32, len(x))
	for i, v := range x {
		narrow[i] = float32(v)
	}
	return tensor.New(tensor.WithShape(shape...), tensor.WithBacking(narrow))
}
