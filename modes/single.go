package modes

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// NewSingle makes one graph the input of an expression graph, in single mode:
// X (N×F), A (N×N) as sparse or dense as h has it. Its nodes are named name/x,
// name/a, and below.
//
// A graph without features gets the rows of its adjacency as features, scaled
// as Host.Scaled does, so that the unit of the weights does not matter; one
// without edges as well gets a column of ones. Nothing of size N×N is formed
// for a sparse graph. Sparse features without values, which are all 1, have no
// weights, and cannot be swapped for some with values.
//
// dt is the dtype of every float node, float32 or float64.
func NewSingle(g *G.ExprGraph, name string, h *Host, dt tensor.Dtype) (Graph, error) {
	in, err := newInputs(g, name, dt)
	if err == nil {
		err = checkSingle(h)
	}
	if err != nil {
		return Graph{}, fmt.Errorf("modes: %s: %w", name, err)
	}
	out := Graph{Mode: Single, Graphs: 1, X: in.features(h), A: in.adjacency(h, 0), E: in.attributes(h)}
	if err == nil {
		err = out.addLevels(in, h)
	}
	if err == nil {
		err = out.set(h)
	}
	if err != nil {
		return Graph{}, fmt.Errorf("modes: %s: %w", name, err)
	}
	return out, nil
}

// SetSingle swaps another graph into the nodes that NewSingle made: one of the
// same numbers of nodes and features, and with no more edges than the first.
// Nothing is swapped where it errs.
func SetSingle(in Graph, h *Host) error {
	err := checkSingle(h)
	switch {
	case err != nil:
	case in.Mode != Single:
		err = fmt.Errorf("%v mode, want single", in.Mode)
	case h.Nodes != in.Rows():
		err = fmt.Errorf("%d nodes, want %d, as the graph was built for", h.Nodes, in.Rows())
	default:
		err = in.set(h)
	}
	if err != nil {
		return fmt.Errorf("modes: %w", err)
	}
	return nil
}

func checkSingle(h *Host) error {
	if err := h.check(); err != nil {
		return err
	}
	return atLeast("Nodes", h.Nodes, 1)
}

// set gives the nodes of g, of one graph, the values of h.
func (g Graph) set(h *Host) error {
	x, err := g.featureBindings(h)
	if err != nil {
		return err
	}
	a, err := g.adjacencyBindings(h)
	if err != nil {
		return err
	}
	e, err := g.attributeBindings(h)
	if err != nil {
		return err
	}
	levels, err := g.levelBindings(h)
	if err != nil {
		return err
	}
	return bind(append(append(append(x, a...), e...), levels...))
}

// singleForm is the form of one graph in single mode.
func singleForm(h *Host, dt tensor.Dtype) form {
	return form{mode: Single, graphs: 1, rows: h.Nodes, sparse: true, dt: dt}
}

// addLevels makes the nodes of h's levels.
func (g *Graph) addLevels(in inputs, h *Host) error {
	t, err := surveyLevels([]*Host{h})
	if err != nil {
		return err
	}
	f := singleForm(h, in.dt)
	if f.levels, err = newCoarseForms(f, t, nil); err != nil {
		return err
	}
	g.Levels = f.coarseNodes(in)
	return nil
}

// levelBindings are those of h's levels, which have as many nodes as g's.
func (g Graph) levelBindings(h *Host) ([]binding, error) {
	t, err := surveyLevels([]*Host{h})
	if err != nil {
		return nil, err
	}
	f := singleForm(h, g.X.Like().Dtype())
	f.levels = g.coarseForms()
	if err := f.fitsLevels(t); err != nil {
		return nil, err
	}
	for l := range f.levels {
		if t[l].nodes != f.levels[l].rows {
			return nil, fmt.Errorf("level %d: %d nodes, want %d, as the graph was built for", l, t[l].nodes, f.levels[l].rows)
		}
	}
	return f.coarseBindings(g, []*Host{h})
}

// features is the nodes of h's features.
func (in inputs) features(h *Host) Features {
	s, x := h.features()
	switch {
	case s != nil:
		weighted := h.SparseX == nil || s.Values != nil
		m := in.sparse("/x", h.Nodes, s.Pattern.Cols(), s.Pattern.NNZ(), weighted)
		if weighted {
			return Features{Sparse: &m}
		}
		return Features{Sparse: &m, of: in.float("/x/of", 1)}
	case x != nil:
		return Features{Dense: in.float("/x", x.Shape()...)}
	}
	return Features{Dense: in.float("/x", h.Nodes, 1)}
}

func (g Graph) featureBindings(h *Host) ([]binding, error) {
	const what = "features"
	s, x := h.features()
	if g.X.Sparse != nil {
		return g.X.sparseBindings(what, h)
	}
	switch dt := g.X.Dense.Dtype(); {
	case s != nil && h.SparseX == nil:
		return nil, errors.New("features: none, so that the rows of A stand for them, want dense ones, as the graph was built for")
	case s != nil:
		return nil, errors.New("features: sparse, want dense, as the graph was built for")
	case x != nil:
		return []binding{{what, g.X.Dense, denseValue(x, dt)}}, nil
	default:
		return []binding{{what, g.X.Dense, onesColumn(h.Nodes, dt)}}, nil
	}
}

// sparseBindings is the values of the nodes of sparse features for those of h.
func (f Features) sparseBindings(what string, h *Host) ([]binding, error) {
	var bs []binding
	if f.of != nil {
		bs = append(bs, binding{what, f.of, vectorValue(nil, 1, 1, f.of.Dtype())})
	}
	s, x := h.features()
	if x != nil {
		return nil, errors.New("features: dense, want sparse, as the graph was built for")
	}
	p, values := (*ops.Pattern)(nil), []float64(nil)
	if s != nil {
		p, values = s.Pattern, s.Values
	} else {
		var err error
		if p, err = h.pattern(); err != nil {
			return nil, err
		}
	}
	more, err := sparseBindings(what, *f.Sparse, p, values)
	return append(bs, more...), err
}
