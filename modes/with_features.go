package modes

import (
	"errors"
	"fmt"

	"gorgonia.org/tensor"
)

// WithFeatures is the graphs with other features behind those that they have,
// which become dense: more gives those of each graph, row by row, nil where it
// has no nodes. The graphs given are not changed. The result is float32 where
// the graph's features are or where it has none.
//
// Errors: graphs out of order; more of another number of rows.
func WithFeatures(graphs []*Host, more func(i int, h *Host) *tensor.Dense) ([]*Host, error) {
	if more == nil {
		return nil, errors.New("modes: features: the function is nil")
	}
	out := make([]*Host, len(graphs))
	for i, h := range graphs {
		err := h.check()
		g := Host{}
		if err == nil {
			g = *h
			err = g.append(more(i, h))
		}
		if err != nil {
			return nil, fmt.Errorf("modes: features: graph %d: %w", i, err)
		}
		out[i] = &g
	}
	return out, nil
}

// append puts columns behind h's features.
func (h *Host) append(more *tensor.Dense) error {
	if h.Nodes == 0 {
		return nil
	}
	if more == nil {
		return errors.New("no features for its nodes, want a matrix")
	}
	if err := checkDense("features", more, h.Nodes, -1); err != nil {
		return err
	}
	_, had := h.kind()
	if h.X == nil && h.SparseX == nil {
		had = 0
	}
	width := had + more.Shape()[1]
	x := make([]float64, h.Nodes*width)
	old := stackX[float64]([]*Host{h}, []int{0}, h.Nodes, max(1, had))
	add := elements[float64](more)
	for i := range h.Nodes {
		copy(x[i*width:], old[i*max(1, had):][:had])
		copy(x[i*width+had:(i+1)*width], add[i*(width-had):])
	}
	dt := tensor.Float32
	if h.X != nil {
		dt = h.X.Dtype()
	}
	h.X, h.SparseX = denseValue(denseOf(x, h.Nodes, width), dt), nil
	return nil
}
