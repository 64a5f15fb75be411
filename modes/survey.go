package modes

import (
	"errors"
	"fmt"
)

// kind is how features are stored.
type kind int

const (
	noFeatures kind = iota
	denseFeatures
	sparseFeatures
)

func (k kind) String() string { return [...]string{"no", "dense", "sparse"}[k] }

// traits is what several graphs have in common, and how large they are.
type traits struct {
	graphs, nodes, largest int // largest: the most nodes of one graph
	edges, stored          int // entries of the adjacencies and of sparse features
	weighted               bool
	attributes             int // columns of E; 0: none
	features               kind
	width                  int // columns of X
	levels                 []coarseTraits
}

// survey errs where a graph is not in order, or where the graphs cannot be
// put together. Graphs without nodes go with all others.
func survey(graphs []*Host) (traits, error) {
	if len(graphs) == 0 {
		return traits{}, errors.New("no graphs, want at least 1")
	}
	t := traits{graphs: len(graphs)}
	for b, h := range graphs {
		if err := h.check(); err != nil {
			return t, fmt.Errorf("graph %d: %w", b, err)
		}
		if h.Nodes == 0 {
			continue
		}
		if err := t.add(h); err != nil {
			return t, fmt.Errorf("graph %d: %w", b, err)
		}
	}
	var err error
	if t.levels, err = surveyLevels(graphs); err != nil {
		return t, err
	}
	if !fitsInt32(t.nodes) || !fitsInt32(t.edges) || !fitsInt32(t.stored) {
		return t, fmt.Errorf("%d nodes, %d edges and %d stored features in all, want each below 2³¹", t.nodes, t.edges, t.stored)
	}
	return t, nil
}

// add takes account of one more graph, which has nodes.
func (t *traits) add(h *Host) error {
	first := t.nodes == 0
	k, width := h.kind()
	switch {
	case first:
		t.features, t.width = k, width
	case k != t.features:
		return fmt.Errorf("%v features, want %v as in the graphs before it", k, t.features)
	case width != t.width:
		return fmt.Errorf("%d features a node, want %d as in the graphs before it", width, t.width)
	}
	a := h.adjacency()
	if n := len(a.col); n > 0 {
		d := 0
		if h.E != nil {
			d = h.E.Shape()[1]
		}
		if t.edges > 0 && d != t.attributes {
			return fmt.Errorf("%d attributes an edge, want %d as in the graphs before it", d, t.attributes)
		}
		t.attributes = d
		t.edges += n
		t.weighted = t.weighted || a.values != nil
	}
	t.nodes += h.Nodes
	t.largest = max(t.largest, h.Nodes)
	if h.SparseX != nil {
		t.stored += h.SparseX.Pattern.NNZ()
	}
	return nil
}

// kind is how h's features are stored, and how many a node there are.
func (h *Host) kind() (kind, int) {
	switch {
	case h.X != nil:
		return denseFeatures, h.X.Shape()[1]
	case h.SparseX != nil:
		return sparseFeatures, h.SparseX.Pattern.Cols()
	}
	return noFeatures, 1
}
