package modes

import (
	"fmt"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// Collate is several graphs as one of many parts, and the graph of each node:
// the nodes of one graph after those of another, adjacencies block-diagonal.
// Split is the way back. Dense adjacencies become sparse; dense features are
// float64 where any graph's are, else float32.
//
// Errors: no graphs, or graphs whose features or edge attributes do not go
// together. Graphs without any node give one without nodes.
func Collate(graphs []*Host) (*Host, []int, error) {
	h, ids, err := collate(graphs)
	if err != nil {
		return nil, nil, fmt.Errorf("modes: %w", err)
	}
	return h, ids, nil
}

func collate(graphs []*Host) (*Host, []int, error) {
	t, err := survey(graphs)
	if err != nil {
		return nil, nil, err
	}
	out := &Host{Nodes: t.nodes}
	if t.nodes == 0 {
		return out, []int{}, nil
	}
	f, err := newForm(Disjoint, true, t, Budget{}, collatedDtype(graphs))
	if err != nil {
		return nil, nil, err
	}
	first := f.first(graphs)
	if t.edges > 0 {
		m := f.stackedA(graphs, first)
		if out.Pattern, err = ops.NewPattern(m.rows, m.cols, m.ptr, m.col); err != nil {
			return nil, nil, err
		}
		out.Weights = m.values
		if t.attributes > 0 {
			out.E = f.e(graphs)
		}
	}
	switch t.features {
	case denseFeatures:
		out.X = f.x(graphs, first)
	case sparseFeatures:
		m := f.stackedX(graphs, first, anyValues(graphs))
		out.SparseX = &HostSparse{Values: m.values}
		if out.SparseX.Pattern, err = ops.NewPattern(m.rows, m.cols, m.ptr, m.col); err != nil {
			return nil, nil, err
		}
	}
	return out, idsValue(graphs, first, f.rows).Data().([]int), nil
}

func collatedDtype(graphs []*Host) tensor.Dtype {
	dt := tensor.Float32
	for _, h := range graphs {
		for _, t := range []*tensor.Dense{h.X, h.E} {
			if t != nil && t.Dtype() == tensor.Float64 {
				dt = tensor.Float64
			}
		}
	}
	return dt
}

// anyValues tells whether any sparse features have values.
func anyValues(graphs []*Host) bool {
	for _, h := range graphs {
		if h.SparseX != nil && h.SparseX.Values != nil {
			return true
		}
	}
	return false
}
