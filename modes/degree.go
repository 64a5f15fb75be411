package modes

import (
	"fmt"

	"gorgonia.org/tensor"
)

// WithDegrees is the graphs with the degree of each node as one more column of
// features: the number of its entries, its row's, weights left aside. See
// WithFeatures.
func WithDegrees(graphs []*Host) ([]*Host, error) {
	return WithFeatures(graphs, func(_ int, h *Host) *tensor.Dense {
		if h.Nodes == 0 {
			return nil
		}
		x := make([]float64, h.Nodes)
		for i, d := range h.degrees() {
			x[i] = float64(d)
		}
		return denseOf(x, h.Nodes, 1)
	})
}

// WithOneHotDegrees is the graphs with most+1 more columns of features, of
// which each node has a 1 in that of its degree; those of a higher degree have
// it in the last. See WithDegrees.
func WithOneHotDegrees(graphs []*Host, most int) ([]*Host, error) {
	if err := checkColumns("most", most, 0); err != nil {
		return nil, fmt.Errorf("modes: features: %w", err)
	}
	return WithFeatures(graphs, func(_ int, h *Host) *tensor.Dense {
		if h.Nodes == 0 {
			return nil
		}
		x := make([]float64, h.Nodes*(most+1))
		for i, d := range h.degrees() {
			x[i*(most+1)+min(d, most)] = 1
		}
		return denseOf(x, h.Nodes, most+1)
	})
}

// WithOneHot is the graphs with one more column of features for each class, of
// which each node has a 1 in that of its class, −1: in none. See WithFeatures.
//
// Errors: classes of another number of graphs or nodes; one out of range.
func WithOneHot(graphs []*Host, classes [][]int, count int) ([]*Host, error) {
	if len(classes) != len(graphs) {
		return nil, fmt.Errorf("modes: features: classes of %d graphs, want those of %d", len(classes), len(graphs))
	}
	if err := checkColumns("count", count, 1); err != nil {
		return nil, fmt.Errorf("modes: features: %w", err)
	}
	for i, h := range graphs {
		if h == nil || len(classes[i]) != h.Nodes {
			return nil, fmt.Errorf("modes: features: graph %d: %d classes, want one for each of its nodes", i, len(classes[i]))
		}
		for _, c := range classes[i] {
			if c < -1 || c >= count {
				return nil, fmt.Errorf("modes: features: graph %d: class %d, want −1 to %d", i, c, count-1)
			}
		}
	}
	return WithFeatures(graphs, func(i int, h *Host) *tensor.Dense {
		if h.Nodes == 0 {
			return nil
		}
		x := make([]float64, h.Nodes*count)
		for r, c := range classes[i] {
			if c >= 0 {
				x[r*count+c] = 1
			}
		}
		return denseOf(x, h.Nodes, count)
	})
}

// degrees is the number of entries of each row.
func (h *Host) degrees() []int {
	ptr := h.adjacency().ptr
	d := make([]int, h.Nodes)
	for i := range d {
		d[i] = int(ptr[i+1] - ptr[i])
	}
	return d
}
