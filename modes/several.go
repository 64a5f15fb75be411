package modes

import (
	"fmt"

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
	out := Graph{Mode: f.mode, Graphs: f.graphs, IDs: in.ids(f.rows)}
	switch {
	case f.features == sparseFeatures:
		m := in.sparse("/x", f.rows, f.width, f.stored, true)
		out.X.Sparse = &m
	case f.mode == Batch:
		out.X.Dense = in.float("/x", f.graphs, f.rows/f.graphs, f.width)
	default:
		out.X.Dense = in.float("/x", f.rows, f.width)
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
	bs := []binding{{"ids", in.IDs, idsValue(graphs, first, f.rows)}}
	if f.features == sparseFeatures {
		more, err := f.stackedX(graphs, first, true).bindings("features", *in.X.Sparse)
		if err != nil {
			return nil, err
		}
		bs = append(bs, more...)
	} else {
		bs = append(bs, binding{"features", in.X.Dense, f.x(graphs, first)})
	}
	if a, ok := in.A.(DenseAdj); ok {
		return append(bs, binding{"adjacency", a.Node, f.a(graphs)}), nil
	}
	more, err := f.stackedA(graphs, first).bindings("adjacency", in.A.(SparseAdj).Sparse)
	if err != nil {
		return nil, err
	}
	if in.E != nil {
		more = append(more, binding{"edge attributes", in.E, f.e(graphs)})
	}
	return append(bs, more...), nil
}
