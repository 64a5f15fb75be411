package modes

import (
	"fmt"

	"gorgonia.org/tensor"
)

// Pad is graphs as tensors of one size, with so many places each: at least
// the nodes of the largest; 0: as many. All values are converted to dt.
// Attributes of edges are refused. PaddedBatch.Hosts is the way back.
func Pad(graphs []*Host, nodes int, dt tensor.Dtype) (PaddedBatch, error) {
	p, err := pad(graphs, nodes, dt)
	if err != nil {
		return PaddedBatch{}, fmt.Errorf("modes: %w", err)
	}
	return p, nil
}

func pad(graphs []*Host, nodes int, dt tensor.Dtype) (PaddedBatch, error) {
	if err := wantDtype(dt); err != nil {
		return PaddedBatch{}, err
	}
	t, err := survey(graphs)
	if err != nil {
		return PaddedBatch{}, err
	}
	f, err := newForm(Batch, false, t, Budget{NodesPerGraph: nodes}, dt)
	if err != nil {
		return PaddedBatch{}, err
	}
	first := f.first(graphs)
	ids := idsValue(graphs, first, f.rows).Data().([]int)
	mask := make([]float64, len(ids))
	for i, id := range ids {
		if id >= 0 {
			mask[i] = 1
		}
	}
	m := denseValue(denseOf(mask, f.graphs, f.rows/f.graphs), dt)
	return PaddedBatch{X: f.x(graphs, first), A: f.a(graphs), Mask: m}, nil
}

// Hosts is the graphs one by one, without padding, each with a dense
// adjacency, or none where there is none.
func (p PaddedBatch) Hosts() ([]*Host, error) {
	ids, err := p.check()
	if err != nil {
		return nil, fmt.Errorf("modes: %w", err)
	}
	b, n := p.X.Shape()[0], p.X.Shape()[1]
	hosts := make([]*Host, b)
	for i := range hosts {
		var rows []int
		for r := i * n; r < (i+1)*n; r++ {
			if ids[r] >= 0 {
				rows = append(rows, r)
			}
		}
		hosts[i] = &Host{Nodes: len(rows)}
		if len(rows) == 0 {
			continue
		}
		hosts[i].X = takeRows(p.X, rows)
		if p.A != nil {
			hosts[i].DenseA = takeSquare(p.A, rows, n)
		}
	}
	return hosts, nil
}

// takeRows is some rows of t, over all axes but the last, as a matrix.
func takeRows(t *tensor.Dense, rows []int) *tensor.Dense {
	if t.Dtype() == tensor.Float32 {
		return take(elements[float32](t), rows, t.Shape()[t.Dims()-1])
	}
	return take(elements[float64](t), rows, t.Shape()[t.Dims()-1])
}

func take[T any](x []T, rows []int, width int) *tensor.Dense {
	out := make([]T, 0, len(rows)*width)
	for _, r := range rows {
		out = append(out, x[r*width:(r+1)*width]...)
	}
	return denseOf(out, len(rows), width)
}

// takeSquare is the rows of t, B×n×n, and of their columns the same nodes.
func takeSquare(t *tensor.Dense, rows []int, n int) *tensor.Dense {
	if t.Dtype() == tensor.Float32 {
		return square(elements[float32](t), rows, n)
	}
	return square(elements[float64](t), rows, n)
}

func square[T any](x []T, rows []int, n int) *tensor.Dense {
	out := make([]T, 0, len(rows)*len(rows))
	for _, r := range rows {
		for _, c := range rows {
			out = append(out, x[r*n+c%n])
		}
	}
	return denseOf(out, len(rows), len(rows))
}
