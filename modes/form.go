package modes

import (
	"errors"
	"fmt"

	"gorgonia.org/tensor"
)

// form is what an input of several graphs is built for: its parts, and their
// capacities.
type form struct {
	mode         Mode
	graphs, rows int  // rows of all graphs together
	sparse       bool // the adjacency
	edges        int
	weighted     bool
	attributes   int // columns of E; 0: none
	features     kind
	width        int
	stored       int
	dt           tensor.Dtype
	apart        bool // in disjoint mode too each graph has as many rows as another
	levels       []coarseForm
}

// newForm is the form for graphs of traits t in a budget.
func newForm(mode Mode, sparse bool, t traits, b Budget, dt tensor.Dtype) (form, error) {
	if err := b.check(); err != nil {
		return form{}, err
	}
	if t.nodes == 0 {
		return form{}, errors.New("no nodes in any graph, want at least 1, which tell how many features there are")
	}
	f := form{
		mode: mode, graphs: or(b.Graphs, t.graphs), sparse: sparse, edges: or(b.Edges, max(1, t.edges)),
		weighted: t.weighted || b.Weighted, attributes: t.attributes,
		features: t.features, width: t.width, stored: or(b.Stored, max(1, t.stored)), dt: dt,
	}
	if f.features == noFeatures {
		f.features = denseFeatures
	}
	f.rows = or(b.Nodes, t.nodes)
	if mode == Batch {
		if f.features == sparseFeatures {
			f.features = denseFeatures
		}
		f.rows = f.graphs * or(b.NodesPerGraph, t.largest)
	}
	if !sparse && t.attributes > 0 {
		return f, errors.New("edge attributes, want none beside a dense adjacency; NewSparseBatch keeps it sparse")
	}
	if !fitsInt32(f.rows) {
		return f, fmt.Errorf("%d nodes with padding, want below 2³¹", f.rows)
	}
	var err error
	if f.levels, err = newCoarseForms(f, t.levels, b.Levels); err != nil {
		return f, err
	}
	return f, f.fits(t)
}

func or(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}

// formOf is the form that in was built for.
func formOf(in Graph) (form, error) {
	f := form{mode: in.Mode, graphs: in.Graphs, rows: in.Rows(), width: in.X.Width()}
	like := in.X.Like()
	if like == nil || in.IDs == nil {
		return f, errors.New("the graph has no features or no ids, want it as its constructor returned it")
	}
	f.dt, f.features = like.Dtype(), denseFeatures
	if in.X.Sparse != nil {
		f.features, f.stored = sparseFeatures, in.X.Sparse.Capacity
	}
	switch a := in.A.(type) {
	case SparseAdj:
		f.sparse, f.edges, f.weighted = true, a.Capacity, a.Weights != nil
	case DenseAdj:
	default:
		return f, fmt.Errorf("adjacency: a %T, want the graph as its constructor returned it", in.A)
	}
	if in.E != nil {
		if in.E.Dims() != 2 {
			return f, fmt.Errorf("edge attributes: shape %v, want the graph as its constructor returned it", in.E.Shape())
		}
		f.attributes = in.E.Shape()[1]
	}
	f.levels = in.coarseForms()
	for l := range f.levels {
		f.levels[l].dt = f.dt
	}
	return f, nil
}

// fits errs unless graphs of traits t have room in f.
func (f form) fits(t traits) error {
	nodes, room := t.nodes, f.rows
	what := "nodes"
	if f.mode == Batch {
		nodes, room, what = t.largest, f.rows/f.graphs, "nodes in a graph"
	}
	switch {
	case t.graphs > f.graphs:
		return overBudget(t.graphs, "graphs", f.graphs)
	case nodes > room:
		return overBudget(nodes, what, room)
	case f.sparse && t.edges > f.edges:
		return overBudget(t.edges, "edges", f.edges)
	case f.sparse && t.weighted && !f.weighted:
		return errors.New("edge weights, want none: the graph was built without; Budget.Weighted makes room")
	case t.edges > 0 && t.attributes != f.attributes:
		return fmt.Errorf("%d attributes an edge, want %d, as the graph was built for", t.attributes, f.attributes)
	case t.nodes > 0 && t.width != f.width:
		return fmt.Errorf("%d features a node, want %d, as the graph was built for", t.width, f.width)
	case t.nodes > 0 && (t.features == sparseFeatures) != (f.features == sparseFeatures) && f.mode != Batch:
		return fmt.Errorf("%v features, want %v, as the graph was built for", t.features, f.features)
	case f.features == sparseFeatures && t.stored > f.stored:
		return overBudget(t.stored, "stored features", f.stored)
	case t.nodes == 0:
		return nil
	}
	return f.fitsLevels(t.levels)
}

func overBudget(n int, what string, budget int) error {
	return fmt.Errorf("%d %s, want at most %d, the budget", n, what, budget)
}

// first is the row at which each graph begins.
func (f form) first(graphs []*Host) []int {
	at, first := 0, make([]int, len(graphs))
	for b, h := range graphs {
		if f.mode == Batch || f.apart {
			at = b * (f.rows / f.graphs)
		}
		first[b] = at
		at += h.Nodes
	}
	return first
}
