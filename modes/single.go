package modes

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// NewSingle makes one graph the input of an expression graph, in single mode.
// Its nodes are named name/x, name/a, and below.
//
// A graph without features gets the rows of its adjacency as features; one
// without edges as well gets a column of ones. Nothing of size N×N is formed
// for a sparse graph.
//
// dt is the dtype of every float node, float32 or float64.
func NewSingle(g *G.ExprGraph, name string, h *Host, dt tensor.Dtype) (Graph, error) {
	if err := wantDtype(dt); err != nil {
		return Graph{}, err
	}
	if err := h.Check(); err != nil {
		return Graph{}, fmt.Errorf("%s: %w", name, err)
	}
	x, err := h.inputX(g, name, dt)
	if err != nil {
		return Graph{}, err
	}
	a, err := h.inputA(g, name, dt)
	if err != nil {
		return Graph{}, err
	}
	if d, ok := a.(Dense); ok && x.empty() {
		x.Dense = d.Node
	}
	return Graph{Mode: Single, Graphs: 1, X: x, A: a}, nil
}

func (h *Host) inputA(g *G.ExprGraph, name string, dt tensor.Dtype) (Adj, error) {
	if h.Dense != nil {
		return Dense{Node: denseInput(g, name+"/a", h.Dense, dt)}, nil
	}
	p := h.Pattern
	if p == nil {
		var err error
		if p, err = emptyPattern(h.Nodes); err != nil {
			return nil, err
		}
	}
	m, err := sparseInput(g, name+"/a", p, h.Weights, false, 0, dt)
	return Sparse{Sparse: m}, err
}

func (h *Host) inputX(g *G.ExprGraph, name string, dt tensor.Dtype) (Features, error) {
	switch s := h.features(); {
	case s != nil:
		m, err := sparseInput(g, name+"/x", s.Pattern, s.Values, true, 0, dt)
		return Features{Sparse: &m}, err
	case h.X != nil:
		return Features{Dense: denseInput(g, name+"/x", h.X, dt)}, nil
	case h.Dense != nil:
		return Features{}, nil // the rows of A, which the caller has
	}
	ones := vectorValue(nil, h.Nodes, h.Nodes, dt)
	if err := ones.Reshape(h.Nodes, 1); err != nil {
		return Features{}, fmt.Errorf("modes: %w", err)
	}
	return Features{Dense: denseInput(g, name+"/x", ones, dt)}, nil
}

// SetSingle swaps another graph into the nodes that NewSingle made: one of the
// same numbers of nodes and features, and with no more edges than the first.
// Nothing is swapped where it errs.
func SetSingle(in Graph, h *Host) error {
	if err := h.Check(); err != nil {
		return err
	}
	if h.Nodes != in.Rows() {
		return fmt.Errorf("modes: Nodes = %d, want %d, as the graph was built for", h.Nodes, in.Rows())
	}
	if err := setX(in, h); err != nil {
		return err
	}
	switch a := in.A.(type) {
	case Dense:
		if h.Dense == nil {
			return fmt.Errorf("modes: adjacency: sparse, want dense, as the graph was built for")
		}
		return G.Let(a.Node, denseValue(h.Dense, a.Node.Dtype()))
	case Sparse:
		p := h.Pattern
		if h.Dense != nil {
			return fmt.Errorf("modes: adjacency: dense, want sparse, as the graph was built for")
		}
		if p == nil {
			var err error
			if p, err = emptyPattern(h.Nodes); err != nil {
				return err
			}
		}
		return letSparse("adjacency", a.Sparse, p, h.Weights)
	}
	return fmt.Errorf("modes: the graph was not made by NewSingle")
}

func setX(in Graph, h *Host) error {
	switch s := h.features(); {
	case in.X.Sparse != nil && s != nil:
		return letSparse("features", *in.X.Sparse, s.Pattern, s.Values)
	case in.X.Dense != nil && h.X != nil:
		if h.X.Shape()[1] != in.X.Width() {
			return fmt.Errorf("modes: features: %d columns, want %d", h.X.Shape()[1], in.X.Width())
		}
		return G.Let(in.X.Dense, denseValue(h.X, in.X.Dense.Dtype()))
	}
	return fmt.Errorf("modes: features: want them %s, as the graph was built for", map[bool]string{true: "sparse", false: "dense"}[in.X.Sparse != nil])
}
