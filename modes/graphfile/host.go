package graphfile

import (
	"fmt"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Host is g as package modes takes it, as an input of an expression graph.
// Indices and dense features are shared with g, not copied.
func (g *Graph) Host() (*modes.Host, error) {
	if g.Nodes == 0 {
		return &modes.Host{}, nil
	}
	p, err := ops.NewPattern(g.Nodes, g.Nodes, g.RowPtr, g.Col)
	if err != nil {
		return nil, fmt.Errorf("graphfile: %w", err)
	}
	h := &modes.Host{Nodes: g.Nodes, Pattern: p, Weights: float64s(g.Weights)}
	switch f := g.Features; {
	case f == nil:
	case f.Dense != nil:
		h.X = tensor.New(tensor.WithShape(f.Rows, f.Cols), tensor.WithBacking(f.Dense))
	default:
		if p, err = ops.NewPattern(f.Rows, f.Cols, f.RowPtr, f.Col); err != nil {
			return nil, fmt.Errorf("graphfile: features: %w", err)
		}
		h.SparseX = &modes.HostSparse{Pattern: p, Values: float64s(f.Values)}
	}
	return h, nil
}

// float64s widens x; nil stays nil.
func float64s(x []float32) []float64 {
	if x == nil {
		return nil
	}
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = float64(v)
	}
	return y
}
