package modes

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// CoarseGraph is a level of coarsened graphs as nodes of an expression graph; see
// Coarsen.
type CoarseGraph struct {
	Graph Graph // the new graphs, without features

	// Cluster is the row of Graph that each row of the level before goes to, −1
	// for none, and Weight what it is multiplied by; nil for 1.
	Cluster, Weight *G.Node
	Index           *G.Node // the row, for each row of Graph, whose features alone it gets, −1 for padding; nil: those of its cluster
	Shares          *G.Node // in place of Cluster: the share of each row in each of its graph's K new nodes, in the shape of the rows
	Modes           *G.Node // the element of each row in each eigenvector, rows×H; nil: none
}

// coarseKind is what the coarsenings of a level have.
type coarseKind struct {
	nodeWeights   bool // of nodes
	index         bool // of new nodes
	shares, modes int  // columns; 0: none
}

func (c Coarsening) kind() coarseKind {
	k := coarseKind{nodeWeights: c.Weight != nil, index: c.Index != nil}
	if c.Shares != nil {
		k.shares = c.Shares.Shape()[1]
	}
	if c.Modes != nil {
		k.modes = c.Modes.Shape()[1]
	}
	return k
}

// coarseTraits is what the graphs of a level have in common.
type coarseTraits struct {
	traits
	coarseKind
}

// surveyLevels is the levels of graphs that are in order. It errs where they
// differ in kind.
func surveyLevels(graphs []*Host) ([]coarseTraits, error) {
	first := -1
	for b, h := range graphs {
		switch {
		case h.Nodes == 0:
		case first < 0:
			first = b
		case len(h.Levels) != len(graphs[first].Levels):
			return nil, fmt.Errorf("graph %d: %d levels, want %d as in the graphs before it", b, len(h.Levels), len(graphs[first].Levels))
		}
	}
	if first < 0 {
		return nil, nil
	}
	var out []coarseTraits
	for l, c := range graphs[first].Levels {
		t, err := survey(coarse(graphs, l))
		if err != nil {
			return nil, fmt.Errorf("level %d: %w", l, err)
		}
		for b, h := range graphs {
			if k := h.level(l).kind(); h.Nodes > 0 && k != c.kind() {
				return nil, fmt.Errorf("graph %d: level %d has %v, want %v as in the graphs before it", b, l, k, c.kind())
			}
		}
		out = append(out, coarseTraits{t, c.kind()})
	}
	return out, nil
}

func (k coarseKind) String() string {
	return fmt.Sprintf("weights of nodes: %v, an index: %v, %d shares, %d eigenvectors", k.nodeWeights, k.index, k.shares, k.modes)
}

// coarseForm is what a level of an input is built for.
type coarseForm struct {
	form
	coarseKind
}

// newCoarseForms is the forms of the levels below f.
func newCoarseForms(f form, levels []coarseTraits, budgets []Budget) ([]coarseForm, error) {
	var out []coarseForm
	for l, t := range levels {
		b := Budget{Graphs: f.graphs}
		if l < len(budgets) {
			b = budgets[l]
			b.Graphs = f.graphs
		}
		if t.shares > 0 {
			b.Nodes, b.NodesPerGraph = f.graphs*t.shares, t.shares
		}
		level, err := newForm(f.mode, f.sparse, t.traits, b, f.dt)
		if err != nil {
			return nil, fmt.Errorf("level %d: %w", l, err)
		}
		level.apart = t.shares > 0
		out = append(out, coarseForm{level, t.coarseKind})
	}
	return out, nil
}

// fitsLevels errs unless levels of traits t have room in f's.
func (f form) fitsLevels(t []coarseTraits) error {
	if len(t) != len(f.levels) {
		return fmt.Errorf("%d levels, want %d, as the graph was built for", len(t), len(f.levels))
	}
	for l, level := range f.levels {
		err := level.fits(t[l].traits)
		if err == nil && level.coarseKind != t[l].coarseKind {
			err = fmt.Errorf("%v, want %v, as the graph was built for", t[l].coarseKind, level.coarseKind)
		}
		if err != nil {
			return fmt.Errorf("level %d: %w", l, err)
		}
	}
	return nil
}

// coarseNodes is the nodes of the levels of an input of form f.
func (f form) coarseNodes(in inputs) []CoarseGraph {
	var out []CoarseGraph
	fine := f
	for l, level := range f.levels {
		at := fmt.Sprintf("/level_%d", l)
		below := inputs{in.g, in.name + at, in.dt}
		c := CoarseGraph{Graph: level.structure(below)}
		if level.shares > 0 {
			c.Shares = below.float("/shares", fine.shape(level.shares)...)
		} else {
			c.Cluster = below.vector("/cluster", fine.rows)
		}
		if level.index {
			c.Index = below.vector("/index", level.rows)
		}
		if level.nodeWeights {
			c.Weight = below.float("/weight", fine.rows)
		}
		if level.modes > 0 {
			c.Modes = below.float("/modes", fine.rows, level.modes)
		}
		out, fine = append(out, c), level.form
	}
	return out
}

// shape is that of so many columns with the rows of f.
func (f form) shape(cols int) []int {
	if f.mode == Batch {
		return []int{f.graphs, f.rows / f.graphs, cols}
	}
	return []int{f.rows, cols}
}

// coarseForms is the forms that the levels of in were built for.
func (g Graph) coarseForms() []coarseForm {
	var out []coarseForm
	for _, c := range g.Levels {
		f := coarseForm{form: form{mode: g.Mode, graphs: g.Graphs, width: 1, features: denseFeatures}}
		f.nodeWeights, f.index = c.Weight != nil, c.Index != nil
		if c.Shares != nil {
			f.shares = c.Shares.Shape()[c.Shares.Dims()-1]
			f.apart = true
		}
		if c.Modes != nil {
			f.modes = c.Modes.Shape()[1]
		}
		switch a := c.Graph.A.(type) {
		case SparseAdj:
			f.sparse, f.edges, f.weighted, f.rows = true, a.Capacity, a.Weights != nil, a.Sparse.Rows
		case DenseAdj:
			f.rows = a.Rows()
		}
		if c.Graph.E != nil {
			f.attributes = c.Graph.E.Shape()[1]
		}
		out = append(out, f)
	}
	return out
}

// coarseBindings is the values of the levels of graphs that fit, for the nodes of
// in, an input of form f.
func (f form) coarseBindings(in Graph, graphs []*Host) ([]binding, error) {
	var bs []binding
	first := f.first(graphs)
	for l, level := range f.levels {
		node, to := in.Levels[l], coarse(graphs, l)
		firstTo := level.first(to)
		more, err := level.structureBindings(node.Graph, to, firstTo)
		if err != nil {
			return nil, fmt.Errorf("level %d: %w", l, err)
		}
		bs = append(bs, more...)
		bs = append(bs, level.assignment(node, graphs, l, first, firstTo)...)
		first = firstTo
	}
	return bs, nil
}

// assignment is where the rows of the level before go, which begin at first for
// each graph, those of this level at to.
func (f coarseForm) assignment(c CoarseGraph, graphs []*Host, l int, first, to []int) (bs []binding) {
	places := func(what string, n *G.Node, of func(c Coarsening) []int, from, to []int) {
		if n == nil {
			return
		}
		x := emptyPlaces(n.Shape()[0])
		for b, h := range graphs {
			for i, k := range of(h.level(l)) {
				if k >= 0 {
					x[from[b]+i] = to[b] + k
				}
			}
		}
		bs = append(bs, binding{what, n, denseOf(x, len(x))})
	}
	places("cluster", c.Cluster, func(c Coarsening) []int { return c.Cluster }, first, to)
	places("index", c.Index, func(c Coarsening) []int { return c.Index }, to, first)
	put := func(what string, n *G.Node, cols int, of func(c Coarsening) []float64) {
		if n == nil {
			return
		}
		x := make([]float64, n.Shape().TotalSize())
		for b, h := range graphs {
			copy(x[first[b]*cols:], of(h.level(l)))
		}
		bs = append(bs, binding{what, n, floatsOf(x, n)})
	}
	put("shares", c.Shares, f.shares, func(c Coarsening) []float64 { return allOf(c.Shares) })
	put("weight", c.Weight, 1, func(c Coarsening) []float64 { return c.Weight })
	put("eigenvectors", c.Modes, f.modes, func(c Coarsening) []float64 { return allOf(c.Modes) })
	return bs
}

// allOf is the elements of t, none of nil.
func allOf(t *tensor.Dense) []float64 {
	if t == nil {
		return nil
	}
	return elements[float64](t)
}

// floatsOf is x as a value of a node.
func floatsOf(x []float64, n *G.Node) *tensor.Dense {
	return denseValue(tensor.New(tensor.WithShape(n.Shape()...), tensor.WithBacking(x)), n.Dtype())
}

// coarseInputs is the nodes of levels, in the order of coarseBindings.
func coarseInputs(levels []CoarseGraph) []*G.Node {
	var out []*G.Node
	for _, c := range levels {
		for _, n := range append(c.Graph.structureNodes(), c.Cluster, c.Index, c.Shares, c.Weight, c.Modes) {
			if n != nil {
				out = append(out, n)
			}
		}
	}
	return out
}
