package modes

import (
	"fmt"

	"github.com/graphpool/graphpool/ops"
)

// Entries is the adjacency of h as a sparse pattern and its weights, nil where
// all are 1: as it is stored where it is sparse, the entries other than 0 where
// it is dense. It errs where h has no nodes, and as Check does.
func (h *Host) Entries() (*ops.Pattern, []float64, error) {
	err := h.check()
	if err == nil {
		err = atLeast("Nodes", h.Nodes, 1)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("modes: %w", err)
	}
	if h.DenseA == nil {
		p, err := h.pattern()
		return p, h.Weights, err
	}
	m := h.adjacency()
	p, err := ops.NewPattern(h.Nodes, h.Nodes, m.ptr, m.col)
	return p, m.values, err
}
