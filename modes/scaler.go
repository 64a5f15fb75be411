package modes

import (
	"fmt"
	"math"
)

// Scaler standardises columns of features:
//
//	x ← (x − Mean) / SD
//
// FitScaler makes one from the training part, so that nothing of the other
// graphs goes into a model. Columns that it leaves alone have Mean 0 and SD 1.
type Scaler struct {
	Mean, SD []float64 // of each column
}

// FitScaler takes the mean and the standard deviation (of n, not n−1) of the
// given columns over all nodes of the graphs at the positions index, all
// columns where columns is nil. A column that does not vary gets SD 1: it is
// moved to 0.
//
// Errors: graphs without dense features or of different widths; no nodes; a
// position or column out of range.
func FitScaler(graphs []*Host, index, columns []int) (*Scaler, error) {
	s, err := fitScaler(graphs, index, columns)
	if err != nil {
		return nil, fmt.Errorf("modes: scaler: %w", err)
	}
	return s, nil
}

func fitScaler(graphs []*Host, index, columns []int) (*Scaler, error) {
	if err := checkPositions(index, len(graphs)); err != nil {
		return nil, err
	}
	part := make([]*Host, len(index))
	for k, i := range index {
		part[k] = graphs[i]
	}
	t, err := survey(part)
	if err != nil {
		return nil, err
	}
	if t.nodes == 0 || t.features != denseFeatures {
		return nil, fmt.Errorf("%v features of %d nodes, want dense ones of at least 1", t.features, t.nodes)
	}
	if columns == nil {
		columns = upTo(t.width)
	}
	s := &Scaler{Mean: make([]float64, t.width), SD: make([]float64, t.width)}
	for c := range s.SD {
		s.SD[c] = 1
	}
	for _, c := range columns {
		if c < 0 || c >= t.width {
			return nil, fmt.Errorf("column %d, want 0 to %d", c, t.width-1)
		}
		s.Mean[c], s.SD[c] = meanSD(part, c, t.nodes)
	}
	return s, nil
}

// meanSD is the mean and the standard deviation of column c, in two passes.
func meanSD(graphs []*Host, c, nodes int) (mean, sd float64) {
	each := func(f func(v float64)) {
		for _, h := range graphs {
			if h.Nodes == 0 {
				continue
			}
			width := h.X.Shape()[1]
			x := elements[float64](h.X)
			for i := range h.Nodes {
				f(x[i*width+c])
			}
		}
	}
	each(func(v float64) { mean += v / float64(nodes) })
	each(func(v float64) { sd += (v - mean) * (v - mean) / float64(nodes) })
	if sd = math.Sqrt(sd); sd <= 1e-12*math.Abs(mean) {
		sd = 1
	}
	return mean, sd
}

// Apply is the graphs with standardised features; those given are not changed.
// The features keep their dtype.
//
// Errors: a graph without dense features, or of another width.
func (s *Scaler) Apply(graphs []*Host) ([]*Host, error) {
	out := make([]*Host, len(graphs))
	for i, h := range graphs {
		if err := h.check(); err != nil {
			return nil, fmt.Errorf("modes: scaler: graph %d: %w", i, err)
		}
		g := *h
		out[i] = &g
		if h.Nodes == 0 {
			continue
		}
		if h.X == nil || h.X.Shape()[1] != len(s.Mean) || len(s.SD) != len(s.Mean) {
			return nil, fmt.Errorf("modes: scaler: graph %d: want dense features of %d columns", i, len(s.Mean))
		}
		x := append([]float64{}, elements[float64](h.X)...)
		for j := range x {
			c := j % len(s.Mean)
			x[j] = (x[j] - s.Mean[c]) / s.SD[c]
		}
		g.X = denseValue(denseOf(x, h.X.Shape()...), h.X.Dtype())
	}
	return out, nil
}
