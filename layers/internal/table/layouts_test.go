package table_test

import (
	"math/rand/v2"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// tableLayout is one way to give graphs to a layer.
type tableLayout struct {
	name  string
	mode  modes.Mode
	plain bool // weights of 1, which A does not have
	build tableBuilder
}

type (
	tableBuilder     = func(*G.ExprGraph, tensor.Dtype, []*modes.Host) (modes.Graph, error)
	tableConstructor = func(*G.ExprGraph, string, []*modes.Host, tensor.Dtype, modes.Budget) (modes.Graph, error)
)

// tableLayouts is every layout, those of one graph first. padded has room for
// more graphs, nodes and edges than there are.
func tableLayouts() []tableLayout {
	single := func(convert func(*modes.Host) *modes.Host) tableBuilder {
		return func(g *G.ExprGraph, dt tensor.Dtype, graphs []*modes.Host) (modes.Graph, error) {
			return modes.NewSingle(g, "in", convert(graphs[0]), dt)
		}
	}
	several := func(f tableConstructor, padded bool, convert func(*modes.Host) *modes.Host) tableBuilder {
		return func(g *G.ExprGraph, dt tensor.Dtype, graphs []*modes.Host) (modes.Graph, error) {
			return tableSeveral(g, dt, f, padded, convert, graphs)
		}
	}
	mixed := func(convert func(*modes.Host) *modes.Host, more int) tableBuilder {
		return func(g *G.ExprGraph, dt tensor.Dtype, graphs []*modes.Host) (modes.Graph, error) {
			return tableMixed(g, dt, convert, graphs, more)
		}
	}
	keep := func(h *modes.Host) *modes.Host { return h }
	return []tableLayout{
		{"single", modes.Single, false, single(keep)},
		{"single dense", modes.Single, false, single(tableDense)},
		{"single sparse features", modes.Single, false, single(tableSparseX)},
		{"single without weights", modes.Single, true, single(tablePlain)},
		{"disjoint", modes.Disjoint, false, several(modes.NewDisjoint, false, keep)},
		{"disjoint padded", modes.Disjoint, false, several(modes.NewDisjoint, true, keep)},
		{"disjoint sparse features", modes.Disjoint, false, several(modes.NewDisjoint, false, tableSparseX)},
		{"disjoint without weights", modes.Disjoint, true, several(modes.NewDisjoint, false, tablePlain)},
		{"disjoint scattered", modes.Disjoint, false, tableScattered(modes.Disjoint)},
		{"batch", modes.Batch, false, several(modes.NewBatch, false, keep)},
		{"batch padded", modes.Batch, false, several(modes.NewBatch, true, keep)},
		{"batch sparse padded", modes.Batch, false, several(modes.NewSparseBatch, true, keep)},
		{"batch scattered", modes.Batch, false, tableScattered(modes.Batch)},
		{"mixed", modes.Mixed, false, mixed(keep, 0)},
		{"mixed dense", modes.Mixed, false, mixed(tableDense, 0)},
		{"mixed padded", modes.Mixed, false, mixed(keep, 2)},
		{"mixed without weights", modes.Mixed, true, mixed(tablePlain, 0)},
	}
}

// tableLayoutOf is the layout of that name.
func tableLayoutOf(name string) tableLayout {
	all := tableLayouts()
	return all[slices.IndexFunc(all, func(l tableLayout) bool { return l.name == name })]
}

// tableSeveral is graphs by a constructor, converted before. padded has room
// for more of everything.
func tableSeveral(g *G.ExprGraph, dt tensor.Dtype, f tableConstructor, padded bool, convert func(*modes.Host) *modes.Host, graphs []*modes.Host) (modes.Graph, error) {
	converted := make([]*modes.Host, len(graphs))
	for i, h := range graphs {
		if converted[i] = h; h.Nodes > 0 {
			converted[i] = convert(h)
		}
	}
	b, err := modes.BudgetFor(converted, len(graphs))
	if err != nil {
		return modes.Graph{}, err
	}
	if padded {
		b.Graphs, b.Nodes, b.NodesPerGraph, b.Edges = b.Graphs+2, b.Nodes+3, b.NodesPerGraph+2, b.Edges+4
	}
	in, err := f(g, "in", converted, dt, b)
	if err == nil {
		tableFillPadding(in)
	}
	return in, err
}

// tableMixed is the features of all graphs as signals on the first one, with
// room for more.
func tableMixed(g *G.ExprGraph, dt tensor.Dtype, convert func(*modes.Host) *modes.Host, graphs []*modes.Host, more int) (modes.Graph, error) {
	n, f := graphs[0].Nodes, graphs[0].X.Shape()[1]
	h := *convert(graphs[0])
	h.X = nil
	var all []float64
	for _, s := range graphs {
		all = append(all, s.X.Data().([]float64)...)
	}
	signals := func(count int) *tensor.Dense {
		x := append(slices.Clone(all), make([]float64, (count-len(graphs))*n*f)...)
		return tensor.New(tensor.WithShape(count, n, f), tensor.WithBacking(x))
	}
	in, err := modes.NewMixed(g, "in", &h, signals(len(graphs)+more), dt)
	if err == nil && more > 0 {
		err = modes.SetMixed(in, nil, signals(len(graphs)))
	}
	if err == nil {
		tableFillPadding(in)
	}
	return in, err
}

// tableFillPadding gives padding features, as layers before this one may.
func tableFillPadding(in modes.Graph) {
	if in.X.Dense == nil {
		return
	}
	ids, width := in.IDs.Value().Data().([]int), in.X.Width()
	for i, id := range ids {
		for c := range width {
			if id >= 0 {
				continue
			}
			switch x := in.X.Dense.Value().Data().(type) {
			case []float64:
				x[i*width+c] = float64(i) + 0.5
			case []float32:
				x[i*width+c] = float32(i) + 0.5
			}
		}
	}
}

const tableWidth = 3 // features of the table's graphs

// tableHost is a graph with features and weights drawn from a seed. Edges run
// in one direction where oneWay says so, and in both, of one weight, elsewhere.
func tableHost(nodes int, edges [][2]int, seed uint64, oneWay bool) *modes.Host {
	rng := rand.New(rand.NewPCG(seed, 7))
	var row, col []int
	var w []float64
	for _, e := range edges {
		v := 0.25 + rng.Float64()
		row, col, w = append(row, e[0]), append(col, e[1]), append(w, v)
		if !oneWay && e[0] != e[1] {
			row, col, w = append(row, e[1]), append(col, e[0]), append(w, v)
		}
	}
	h := &modes.Host{Nodes: nodes, X: tableX(rng, nodes)}
	if len(row) == 0 {
		return h
	}
	p, order, err := ops.PatternFromCOO(nodes, nodes, row, col)
	if err != nil {
		panic(err) // the graphs are those below
	}
	h.Pattern, h.Weights = p, make([]float64, len(w))
	for to, from := range order {
		h.Weights[to] = w[from]
	}
	return h
}

func tableX(rng *rand.Rand, nodes int) *tensor.Dense {
	x := make([]float64, nodes*tableWidth)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	return tensor.New(tensor.WithShape(nodes, tableWidth), tensor.WithBacking(x))
}

// tableHosts is graphs of several sizes: with a cycle, directed, with a self
// loop and an isolated node, without edges.
func tableHosts() []*modes.Host {
	return []*modes.Host{
		tableHost(5, [][2]int{{0, 1}, {1, 2}, {2, 3}, {3, 0}, {0, 2}, {3, 4}}, 1, false),
		tableHost(3, [][2]int{{0, 1}, {1, 2}}, 2, true),
		tableHost(4, [][2]int{{0, 0}, {0, 1}, {1, 2}}, 3, false),
		tableHost(2, nil, 4, false),
	}
}

// tableSignals is features of one graph of five nodes, which they share.
func tableSignals() []*modes.Host {
	first := tableHosts()[0]
	rng := rand.New(rand.NewPCG(5, 7))
	hosts := []*modes.Host{first}
	for range 2 {
		h := *first
		h.X = tableX(rng, h.Nodes)
		hosts = append(hosts, &h)
	}
	return hosts
}

// tableInput is the graphs for a layout: as many as it takes.
func (l tableLayout) input() []*modes.Host {
	graphs := tableHosts()
	switch l.mode {
	case modes.Single:
		graphs = graphs[:1]
	case modes.Mixed:
		graphs = tableSignals()
	}
	if l.plain {
		for _, h := range graphs {
			if h.Weights = nil; h.Pattern != nil {
				h.Weights = slices.Repeat([]float64{1}, h.Pattern.NNZ())
			}
		}
	}
	return graphs
}

// tablePlain is h without weights.
func tablePlain(h *modes.Host) *modes.Host {
	p := *h
	p.Weights = nil
	return &p
}

// tableDense is h with a dense adjacency.
func tableDense(h *modes.Host) *modes.Host {
	d, a := *h, make([]float64, h.Nodes*h.Nodes)
	if p := h.Pattern; p != nil {
		for i := range h.Nodes {
			for e := p.Ptr()[i]; e < p.Ptr()[i+1]; e++ {
				a[i*h.Nodes+int(p.Col()[e])] += h.Weights[e]
			}
		}
	}
	d.Pattern, d.Weights = nil, nil
	d.DenseA = tensor.New(tensor.WithShape(h.Nodes, h.Nodes), tensor.WithBacking(a))
	return &d
}

// tableSparseX is h with its features as a sparse matrix, every element
// stored.
func tableSparseX(h *modes.Host) *modes.Host {
	s, f := *h, h.X.Shape()[1]
	var row, col []int
	for i := range h.Nodes * f {
		row, col = append(row, i/f), append(col, i%f)
	}
	p, _, err := ops.PatternFromCOO(h.Nodes, f, row, col)
	if err != nil {
		panic(err) // every entry is inside
	}
	s.X, s.SparseX = nil, &modes.HostSparse{Pattern: p, Values: h.X.Data().([]float64)}
	return &s
}

// tablePermuted is h with its nodes in another order: node i becomes to[i].
func tablePermuted(h *modes.Host, to []int) *modes.Host {
	f := h.X.Shape()[1]
	x, from := make([]float64, h.Nodes*f), h.X.Data().([]float64)
	for i := range h.Nodes {
		copy(x[to[i]*f:][:f], from[i*f:][:f])
	}
	out := &modes.Host{Nodes: h.Nodes, X: tensor.New(tensor.WithShape(h.Nodes, f), tensor.WithBacking(x))}
	if h.Pattern == nil {
		return out
	}
	var row, col []int
	for i := range h.Nodes {
		for e := h.Pattern.Ptr()[i]; e < h.Pattern.Ptr()[i+1]; e++ {
			row, col = append(row, to[i]), append(col, to[h.Pattern.Col()[e]])
		}
	}
	p, order, err := ops.PatternFromCOO(h.Nodes, h.Nodes, row, col)
	if err != nil {
		panic(err) // a permutation of what was inside
	}
	out.Pattern, out.Weights = p, make([]float64, len(order))
	for t, fr := range order {
		out.Weights[t] = h.Weights[fr]
	}
	return out
}
