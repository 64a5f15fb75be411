package modes

import (
	"fmt"
	"slices"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// Undirected is h with each edge in both directions: at (i, j) the mean of a_ij
// and a_ji where both are there, and the one that is there elsewhere, as
// readers of package graphfile take a graph. Attributes of edges likewise; those
// of parallel edges become one, their mean. Loops stay as they are. A graph that
// is undirected stays as it is, but for the order of its entries, in which
// parallel edges become one.
//
// A dense adjacency becomes float64. Levels are left out. PyG's ToUndirected
// adds the two weights up.
//
// Errors: those of Check.
func (h *Host) Undirected() (*Host, error) {
	if err := h.Check(); err != nil {
		return nil, err
	}
	out := *h
	out.Levels = nil
	switch {
	case h.DenseA != nil:
		out.DenseA = meanOfDirections(h.DenseA, h.Nodes)
	case h.Pattern != nil:
		if err := out.joinDirections(); err != nil {
			return nil, fmt.Errorf("modes: undirected: %w", err)
		}
	}
	return &out, nil
}

// joinDirections is Undirected of a sparse adjacency: of parallel edges made one
// first, since their weights add up.
func (h *Host) joinDirections() error {
	row, col, w := h.COO()
	one, err := fromCOO(h.Nodes, row, col, w)
	if err != nil {
		return err
	}
	r, c, a := one.COO()
	pattern, weights, err := meanAtPlaces(h.Nodes, r, c, a, 1)
	if err != nil {
		return err
	}
	if h.E != nil {
		width := h.E.Shape()[1]
		_, e, err := meanAtPlaces(h.Nodes, row, col, elements[float64](h.E), width)
		if err != nil {
			return err
		}
		h.E = denseValue(denseOf(e, pattern.NNZ(), width), h.E.Dtype())
	}
	h.Pattern, h.Weights = pattern, weights
	if !slices.ContainsFunc(weights, func(w float64) bool { return w != 1 }) {
		h.Weights = nil
	}
	return nil
}

// meanAtPlaces is the matrix that has at (i, j) the mean of all values of (i, j)
// and of (j, i), a row of width numbers each.
func meanAtPlaces(n int, row, col []int, values []float64, width int) (*ops.Pattern, []float64, error) {
	rows, cols := slices.Concat(row, col), slices.Concat(col, row)
	p, _, err := merged(n, n, rows, cols, nil)
	if err != nil {
		return nil, nil, err
	}
	ptr, count, mean := p.Ptr(), make([]float64, p.NNZ()), make([]float64, p.NNZ()*width)
	for e, i := range rows {
		at, _ := slices.BinarySearch(p.Col()[ptr[i]:ptr[i+1]], int32(cols[e]))
		at += int(ptr[i])
		count[at]++
		for d, v := range values[e%len(row)*width:][:width] {
			mean[at*width+d] += v
		}
	}
	for i := range mean {
		mean[i] /= count[i/width]
	}
	return p, mean, nil
}

func meanOfDirections(a *tensor.Dense, n int) *tensor.Dense {
	from, to := elements[float64](a), make([]float64, n*n)
	for i := range n {
		for j := range n {
			x, y := from[i*n+j], from[j*n+i]
			to[i*n+j] = x + y
			if x != 0 && y != 0 {
				to[i*n+j] /= 2
			}
		}
	}
	return denseOf(to, n, n)
}
