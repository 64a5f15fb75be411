package modes

import (
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// newSeveral makes several graphs the input of an expression graph, in
// disjoint or batch mode.
func newSeveral(g *G.ExprGraph, name string, graphs []*Host, dt tensor.Dtype, b Budget, mode Mode, sparse bool) (Graph, error) {
	out, err := buildSeveral(g, name, graphs, dt, b, mode, sparse)
	if err != nil {
		return Graph{}, fmt.Errorf("modes: %s: %w", name, err)
	}
	return out, nil
}

func buildSeveral(g *G.ExprGraph, name string, graphs []*Host, dt tensor.Dtype, b Budget, mode Mode, sparse bool) (Graph, error) {
	in, err := newInputs(g, name, dt)
	if err != nil {
		return Graph{}, err
	}
	t, err := survey(graphs)
	if err != nil {
		return Graph{}, err
	}
	f, err := newForm(mode, sparse, t, b, dt)
	if err != nil {
		return Graph{}, err
	}
	out := f.nodes(in)
	return out, f.set(out, graphs)
}

// setSeveral swaps other graphs into the nodes of in.
func setSeveral(in Graph, graphs []*Host, mode Mode) error {
	err := func() error {
		if in.Mode != mode {
			return fmt.Errorf("%v mode, want %v", in.Mode, mode)
		}
		f, err := formOf(in)
		if err != nil {
			return err
		}
		t, err := survey(graphs)
		if err != nil {
			return err
		}
		if err := f.fits(t); err != nil {
			return err
		}
		return f.set(in, graphs)
	}()
	if err != nil {
		return fmt.Errorf("modes: %w", err)
	}
	return nil
}

// nodes is the nodes of an input of form f, yet without values.
func (f form) nodes(in inputs) Graph {
	out := f.structure(in)
	if f.features == sparseFeatures {
		m := in.sparse("/x", f.rows, f.width, f.stored, true)
		out.X.Sparse = &m
	} else {
		out.X.Dense = in.float("/x", f.shape(f.width)...)
	}
	out.Levels = f.coarseNodes(in)
	return out
}

// structure is the nodes of all but the features and the levels.
func (f form) structure(in inputs) Graph {
	out := Graph{Mode: f.mode, Graphs: f.graphs}
	if f.mode != Single {
		out.IDs = in.ids(f.rows)
	}
	if f.sparse {
		out.A = SparseAdj{Sparse: in.sparse("/a", f.rows, f.rows, f.edges, f.weighted)}
	} else {
		n := f.rows / f.graphs
		out.A = DenseAdj{Node: in.float("/a", f.graphs, n, n)}
	}
	if f.attributes > 0 {
		out.E = in.float("/e", max(1, f.edges), f.attributes)
	}
	return out
}

// set gives the nodes of in, an input of form f, the values of graphs that fit.
func (f form) set(in Graph, graphs []*Host) error {
	bs, err := f.bindings(in, graphs)
	if err != nil {
		return err
	}
	return bind(bs)
}

// bindings is the values of graphs that fit, for the nodes of in, an input of
// form f; always in one order of the nodes.
func (f form) bindings(in Graph, graphs []*Host) ([]binding, error) {
	first := f.first(graphs)
	var bs []binding
	if f.features == sparseFeatures {
		more, err := f.stackedX(graphs, first, true).bindings("features", *in.X.Sparse)
		if err != nil {
			return nil, err
		}
		bs = append(bs, more...)
	} else {
		bs = append(bs, binding{"features", in.X.Dense, f.x(graphs, first)})
	}
	more, err := f.structureBindings(in, graphs, first)
	if err != nil {
		return nil, err
	}
	levels, err := f.coarseBindings(in, graphs)
	return append(append(bs, more...), levels...), err
}

// structureBindings is those of the nodes of structure.
func (f form) structureBindings(in Graph, graphs []*Host, first []int) ([]binding, error) {
	var bs []binding
	if in.IDs != nil {
		bs = append(bs, binding{"ids", in.IDs, idsValue(graphs, first, f.rows)})
	}
	if a, ok := in.A.(DenseAdj); ok {
		return append(bs, binding{"adjacency", a.Node, f.a(graphs)}), nil
	}
	more, err := f.stackedA(graphs, first).bindings("adjacency", in.A.(SparseAdj).Sparse)
	if err != nil {
		return nil, err
	}
	bs = append(bs, more...)
	if in.E != nil {
		bs = append(bs, binding{"edge attributes", in.E, f.e(graphs)})
	}
	return bs, nil
}

// structureNodes is the nodes of structure, in the order of structureBindings.
func (g Graph) structureNodes() []*G.Node {
	out := []*G.Node{g.IDs}
	switch a := g.A.(type) {
	case DenseAdj:
		out = append(out, a.Node)
	case SparseAdj:
		out = append(out, a.Pattern, a.Weights)
	}
	return slices.DeleteFunc(append(out, g.E), func(n *G.Node) bool { return n == nil })
}
