package golden_test

import (
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// constructible tells whether package modes' constructors can make the case's
// inputs: they want the nodes of a graph together, and padding last, of zeros.
func (c *goldenCase) constructible() bool {
	i, x := c.Inputs["i"], c.Inputs["x"]
	switch c.Mode {
	case "single", "mixed":
		return true
	case "disjoint":
		return slices.IsSorted(i.ints()) && (len(c.Inputs["a"].Data) == 0 || c.within(i.ints()))
	case "batch":
		if len(x.Shape) != 3 {
			return false
		}
		for b := range x.Shape[0] {
			n := c.nodes(b)
			if slices.Contains(c.part("mask", b)[min(n, len(c.part("mask", b))):], 1) ||
				!zeros(c.part("x", b)[n*x.Shape[2]:]) || !c.zeroPadding(b, n) {
				return false
			}
		}
		return c.largest() == x.Shape[1]
	}
	return false
}

// within tells whether every entry of A is inside one graph.
func (c *goldenCase) within(ids []int) bool {
	row, col := goldenPairs(c.Inputs["a_idx"])
	for e := range row {
		if ids[row[e]] != ids[col[e]] {
			return false
		}
	}
	return true
}

// part is graph b's values of an input of a batch.
func (c *goldenCase) part(name string, b int) []goldenNumber {
	x, ok := c.Inputs[name]
	if !ok {
		return nil
	}
	size := len(x.Data) / x.Shape[0]
	return x.Data[b*size : (b+1)*size]
}

// nodes is the number of nodes of graph b of a batch, were padding last.
func (c *goldenCase) nodes(b int) int {
	mask := c.part("mask", b)
	if mask == nil {
		return c.Inputs["x"].Shape[1]
	}
	n := 0
	for _, v := range mask {
		if v != 0 {
			n++
		}
	}
	return n
}

func (c *goldenCase) largest() int {
	most := 0
	for b := range c.Inputs["x"].Shape[0] {
		most = max(most, c.nodes(b))
	}
	return most
}

func zeros(x []goldenNumber) bool {
	return !slices.ContainsFunc(x, func(v goldenNumber) bool { return v != 0 })
}

// zeroPadding tells whether A of graph b is 0 beyond its first n nodes.
func (c *goldenCase) zeroPadding(b, n int) bool {
	size := c.Inputs["x"].Shape[1]
	for e, v := range c.part("a", b) {
		if (e/size >= n || e%size >= n) && v != 0 {
			return false
		}
	}
	return true
}

// construct makes the inputs by package modes' constructors.
func (c *goldenCase) construct(g *G.ExprGraph, dt tensor.Dtype) (in goldenInput, err error) {
	x, a := c.Inputs["x"], c.Inputs["a"]
	switch c.Mode {
	case "batch":
		in.Graph, err = modes.NewBatch(g, "golden", c.batchHosts(), dt, modes.Budget{})
	case "disjoint":
		var hosts []*modes.Host
		if hosts, err = c.disjointHosts(); err == nil {
			in.Graph, err = modes.NewDisjoint(g, "golden", hosts, dt, modes.Budget{
				Graphs: len(hosts) + 1, Nodes: x.Shape[0] + 2, Edges: len(a.Data) + 3,
			})
		}
	default:
		n := x.Shape[len(x.Shape)-2]
		row, col := goldenPairs(c.Inputs["a_idx"])
		h := &modes.Host{Nodes: n}
		if h.Pattern, h.Weights, err = goldenPattern(n, row, col, a.floats(false)); err != nil {
			return in, err
		}
		if h.E, err = c.attributesOf(n, row, col, firsts(len(row))); err != nil {
			return in, err
		}
		if _, sparse := c.Inputs["a_idx"]; !sparse && len(a.Data) > 0 {
			h.Pattern, h.Weights, h.DenseA = nil, nil, layertest.Dense(tensor.Float64, a.Shape, a.floats(false))
		}
		all := layertest.Dense(tensor.Float64, x.Shape, x.floats(false))
		if c.Mode == "mixed" {
			in.Graph, err = modes.NewMixed(g, "golden", h, all, dt)
		} else {
			h.X = all
			in.Graph, err = modes.NewSingle(g, "golden", h, dt)
		}
	}
	if err != nil {
		return in, err
	}
	return in, c.constructedLeaves(&in)
}

// constructedLeaves finds the file's values among those of the nodes.
func (c *goldenCase) constructedLeaves(in *goldenInput) error {
	in.floats = map[string]goldenLeaf{"x": {node: in.X.Dense, place: firsts(len(c.Inputs["x"].Data))}}
	a, ok := c.Inputs["a"]
	if !ok || len(a.Data) == 0 { // a graph without entries has no weights
		return nil
	}
	switch adj := in.A.(type) {
	case modes.DenseAdj:
		in.floats["a"] = goldenLeaf{node: adj.Node}
	case modes.SparseAdj:
		if adj.Weights == nil { // without entries
			return nil
		}
		row, col := goldenPairs(c.Inputs["a_idx"])
		_, order, err := ops.PatternFromCOO(adj.Sparse.Rows, adj.Sparse.Rows, row, col)
		if err != nil {
			return err
		}
		place := make([]int, len(a.Data))
		for to, from := range order {
			place[from] = to
		}
		in.floats["a"] = goldenLeaf{node: adj.Weights, place: place}
		if in.E != nil {
			n := in.E.Shape()[1]
			rows := make([]int, len(place)*n)
			for i := range rows {
				rows[i] = place[i/n]*n + i%n
			}
			in.floats["edge_attr"] = goldenLeaf{node: in.E, place: rows}
		}
	}
	return nil
}

// attributesOf is the attributes of the entries from of the file, which are
// (row, col) of n nodes, in the order of their pattern; nil where there are none.
func (c *goldenCase) attributesOf(n int, row, col, from []int) (*tensor.Dense, error) {
	x, ok := c.Inputs["edge_attr"]
	if !ok || len(row) == 0 {
		return nil, nil
	}
	_, order, err := ops.PatternFromCOO(n, n, row, col)
	if err != nil {
		return nil, err
	}
	width, all := x.Shape[1], x.floats(false)
	var e []float64
	for _, at := range order {
		e = append(e, all[from[at]*width:][:width]...)
	}
	return layertest.Dense(tensor.Float64, []int{len(row), width}, e), nil
}

func firsts(n int) []int {
	x := make([]int, n)
	for i := range x {
		x[i] = i
	}
	return x
}

// goldenPattern is a sparse matrix n×n; without entries it has no weights.
func goldenPattern(n int, row, col []int, values []float64) (*ops.Pattern, []float64, error) {
	p, order, err := ops.PatternFromCOO(n, n, row, col)
	if err != nil {
		return nil, nil, err
	}
	var w []float64
	for _, from := range order {
		w = append(w, values[from])
	}
	return p, w, nil
}

// batchHosts is the graphs of a batch without their padding.
func (c *goldenCase) batchHosts() []*modes.Host {
	x := c.Inputs["x"]
	size, f := x.Shape[1], x.Shape[2]
	var hosts []*modes.Host
	for b := range x.Shape[0] {
		n := c.nodes(b)
		h := &modes.Host{Nodes: n}
		if n > 0 {
			part := goldenTensor{Data: c.part("x", b)[:n*f]}
			h.X = layertest.Dense(tensor.Float64, []int{n, f}, part.floats(false))
		}
		if all := c.part("a", b); n > 0 && all != nil {
			a := make([]float64, 0, n*n)
			for i := range n {
				for j := range n {
					a = append(a, float64(all[i*size+j]))
				}
			}
			h.DenseA = layertest.Dense(tensor.Float64, []int{n, n}, a)
		}
		hosts = append(hosts, h)
	}
	return hosts
}

// disjointHosts is the graphs of disjoint mode.
func (c *goldenCase) disjointHosts() ([]*modes.Host, error) {
	ids, x := c.Inputs["i"].ints(), c.Inputs["x"]
	f := x.Shape[1]
	row, col := goldenPairs(c.Inputs["a_idx"])
	var hosts []*modes.Host
	first := 0
	for b := range c.graphs() {
		n := 0
		for first+n < len(ids) && ids[first+n] == b {
			n++
		}
		h := &modes.Host{Nodes: n}
		if n > 0 {
			h.X = layertest.Dense(tensor.Float64, []int{n, f}, x.floats(false)[first*f:(first+n)*f])
			var r, k, from []int
			var w []float64
			for e := range row {
				if ids[row[e]] == b {
					r, k, from = append(r, row[e]-first), append(k, col[e]-first), append(from, e)
					w = append(w, float64(c.Inputs["a"].Data[e]))
				}
			}
			var err error
			if h.Pattern, h.Weights, err = goldenPattern(n, r, k, w); err != nil {
				return nil, err
			}
			if h.E, err = c.attributesOf(n, r, k, from); err != nil {
				return nil, err
			}
		}
		hosts = append(hosts, h)
		first += n
	}
	return hosts, nil
}
