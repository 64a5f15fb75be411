package modes

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"
)

// adjacency is the nodes of h's adjacency, sparse or dense as h has it, which
// copies signals share in mixed mode.
func (in inputs) adjacency(h *Host, copies int) Adj {
	if h.DenseA != nil {
		return DenseAdj{Node: in.float("/a", h.Nodes, h.Nodes), Copies: copies}
	}
	nnz := 0
	if h.Pattern != nil {
		nnz = h.Pattern.NNZ()
	}
	return SparseAdj{Sparse: in.sparse("/a", h.Nodes, h.Nodes, nnz, h.Weights != nil), Copies: copies}
}

// attributes is the node of h's edge attributes, nil where it has none.
func (in inputs) attributes(h *Host) *G.Node {
	if h.E == nil {
		return nil
	}
	return in.float("/e", h.E.Shape()...)
}

func (g Graph) adjacencyBindings(h *Host) ([]binding, error) {
	switch a := g.A.(type) {
	case DenseAdj:
		if h.DenseA == nil {
			return nil, errors.New("adjacency: sparse, want dense, as the graph was built for")
		}
		return []binding{{"adjacency", a.Node, denseValue(h.DenseA, a.Node.Dtype())}}, nil
	case SparseAdj:
		if h.DenseA != nil {
			return nil, errors.New("adjacency: dense, want sparse, as the graph was built for")
		}
		p, err := h.pattern()
		if err != nil {
			return nil, err
		}
		return sparseBindings("adjacency", a.Sparse, p, h.Weights)
	}
	return nil, fmt.Errorf("adjacency: a %T, want the graph as its constructor returned it", g.A)
}

func (g Graph) attributeBindings(h *Host) ([]binding, error) {
	switch {
	case g.E == nil && h.E == nil:
		return nil, nil
	case g.E == nil:
		return nil, errors.New("edge attributes: given, want none: the graph was built without")
	}
	rows, width := g.E.Shape()[0], g.E.Shape()[1]
	if h.E == nil {
		if h.Pattern != nil && h.Pattern.NNZ() > 0 {
			return nil, errors.New("edge attributes: none, want them, as the graph was built for")
		}
		return []binding{{"edge attributes", g.E, rowsValue(nil, rows, width, g.E.Dtype())}}, nil
	}
	if s := h.E.Shape(); s[0] > rows || s[1] != width {
		return nil, fmt.Errorf("edge attributes: shape %v, want at most %d rows and %d columns", s, rows, width)
	}
	return []binding{{"edge attributes", g.E, rowsValue(h.E, rows, width, g.E.Dtype())}}, nil
}
