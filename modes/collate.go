package modes

import (
	"fmt"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// Collate is several graphs as one of many parts, and the graph of each node:
// the nodes of one graph after those of another, adjacencies block-diagonal.
// Split is the way back. Dense adjacencies become sparse; dense features are
// float64 where any graph's are, else float32. Levels by clusters are put together
// likewise.
//
// Errors: no graphs, graphs whose features, edge attributes or levels do not go
// together, or levels by shares. Graphs without any node give one without nodes.
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
	if out.Levels, err = collateLevels(graphs); err != nil {
		return nil, nil, err
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

// collateLevels is the levels of several graphs as those of one.
func collateLevels(graphs []*Host) ([]Coarsening, error) {
	var out []Coarsening
	for l := range levelsOf(graphs) {
		var all Coarsening
		before, nodes := 0, 0
		for b, h := range graphs {
			c := h.level(l)
			if c.Shares != nil {
				return nil, fmt.Errorf("graph %d: level %d is by shares, want clusters; an input of several graphs takes both", b, l)
			}
			for _, k := range c.Cluster {
				if k >= 0 {
					k += before
				}
				all.Cluster = append(all.Cluster, k)
			}
			all.Weight = append(all.Weight, c.Weight...)
			for _, i := range c.Index {
				all.Index = append(all.Index, nodes+i)
			}
			before, nodes = before+c.Coarse.Nodes, nodes+len(c.Cluster)
		}
		var err error
		if all.Coarse, _, err = collate(coarse(graphs, l)); err != nil {
			return nil, fmt.Errorf("level %d: %w", l, err)
		}
		all.Modes = collateModes(graphs, l)
		out = append(out, all)
	}
	return out, nil
}

// collateModes is the eigenvectors of a level, one below the other.
func collateModes(graphs []*Host, l int) *tensor.Dense {
	var all []float64
	cols := 0
	for _, h := range graphs {
		if m := h.level(l).Modes; m != nil {
			all, cols = append(all, elements[float64](m)...), m.Shape()[1]
		}
	}
	if cols == 0 {
		return nil
	}
	return denseOf(all, len(all)/cols, cols)
}
