package modes

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// NewMixed makes several signals on one graph the input of an expression
// graph, in mixed mode: X (B×N×F), one A (N×N) for all signals, sparse or dense
// as h has it, and the signal of each of the B·N rows as IDs. h has no features
// of its own.
//
// dt is the dtype of every float node, to which all values are converted.
func NewMixed(g *G.ExprGraph, name string, h *Host, x *tensor.Dense, dt tensor.Dtype) (Graph, error) {
	out, err := newMixed(g, name, h, x, dt)
	if err != nil {
		return Graph{}, fmt.Errorf("modes: %s: %w", name, err)
	}
	return out, nil
}

func newMixed(g *G.ExprGraph, name string, h *Host, x *tensor.Dense, dt tensor.Dtype) (Graph, error) {
	in, err := newInputs(g, name, dt)
	if err == nil {
		err = checkShared(h)
	}
	if err == nil {
		err = checkSignals(x, h.Nodes)
	}
	if err != nil {
		return Graph{}, err
	}
	s := x.Shape()
	out := Graph{
		Mode: Mixed, Graphs: s[0], A: in.adjacency(h, s[0]), E: in.attributes(h),
		X: Features{Dense: in.float("/x", s...)}, IDs: in.ids(s[0] * s[1]),
	}
	return out, out.setMixed(h, x)
}

// SetMixed swaps other signals, and another graph where h is not nil, into the
// nodes that NewMixed made: as many nodes and features, no more edges, and no
// more signals. Where there are fewer signals the rest is padding. Nothing is
// swapped where it errs.
func SetMixed(in Graph, h *Host, x *tensor.Dense) error {
	err := func() error {
		if in.Mode != Mixed || in.X.Dense == nil || in.IDs == nil {
			return fmt.Errorf("%v mode, want mixed, as NewMixed returned it", in.Mode)
		}
		if h != nil {
			if err := checkShared(h); err != nil {
				return err
			}
			if h.Nodes != in.RowsPerGraph() {
				return fmt.Errorf("%d nodes, want %d, as the graph was built for", h.Nodes, in.RowsPerGraph())
			}
		}
		if err := checkSignals(x, in.RowsPerGraph()); err != nil {
			return err
		}
		if s := x.Shape(); s[0] > in.Graphs || s[2] != in.X.Width() {
			return fmt.Errorf("features: shape %v, want at most %d signals of %d features, as the graph was built for", s, in.Graphs, in.X.Width())
		}
		return in.setMixed(h, x)
	}()
	if err != nil {
		return fmt.Errorf("modes: %w", err)
	}
	return nil
}

func (g Graph) setMixed(h *Host, x *tensor.Dense) error {
	s, n := x.Shape(), g.RowsPerGraph()
	ids := make([]int, g.Rows())
	for i := range ids {
		if ids[i] = i / n; ids[i] >= s[0] {
			ids[i] = -1
		}
	}
	all := rowsValue(x, g.Graphs, n*s[2], g.X.Dense.Dtype())
	if err := all.Reshape(g.X.Dense.Shape()...); err != nil {
		return err
	}
	bs := []binding{{"features", g.X.Dense, all}, {"ids", g.IDs, denseOf(ids, len(ids))}}
	if h != nil {
		a, err := g.adjacencyBindings(h)
		if err != nil {
			return err
		}
		e, err := g.attributeBindings(h)
		if err != nil {
			return err
		}
		bs = append(append(bs, a...), e...)
	}
	return bind(bs)
}

// checkShared errs unless h is a graph that signals can share.
func checkShared(h *Host) error {
	if err := checkSingle(h); err != nil {
		return err
	}
	if h.X != nil || h.SparseX != nil {
		return errors.New("the shared graph has features of its own, want them in the signals alone")
	}
	return nil
}

// checkSignals errs unless x is finite floats of shape B×nodes×F.
func checkSignals(x *tensor.Dense, nodes int) error {
	if x == nil {
		return errors.New("features: nil, want a tensor")
	}
	if s := x.Shape(); s.Dims() != 3 || s[0] < 1 || s[1] != nodes || s[2] < 1 {
		return fmt.Errorf("features: shape %v, want (B, %d, F)", s, nodes)
	}
	return checkFinite("features", x)
}
