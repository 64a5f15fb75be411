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
	pattern, weights, err := meanAtPlaces(h.Nodes, r, c, a)
	if err != nil {
		return err
	}
	if h.E != nil {
		if h.E, err = meanRowsAtPlaces(h.Nodes, row, col, h.E); err != nil {
			return err
		}
	}
	h.Pattern, h.Weights = pattern, weights
	if !slices.ContainsFunc(weights, func(w float64) bool { return w != 1 }) {
		h.Weights = nil
	}
	return nil
}

// meanAtPlaces is the matrix that has at (i, j) the mean of all values of (i, j)
// and of (j, i).
func meanAtPlaces(n int, row, col []int, values []float64) (*ops.Pattern, []float64, error) {
	rows, cols := slices.Concat(row, col), slices.Concat(col, row)
	ones := slices.Repeat([]float64{1}, len(rows))
	_, count, err := merged(n, n, rows, cols, ones)
	if err != nil {
		return nil, nil, err
	}
	p, mean, err := merged(n, n, rows, cols, slices.Concat(values, values))
	for e := range mean {
		mean[e] /= count[e]
	}
	return p, mean, err
}

// meanRowsAtPlaces is meanAtPlaces of each column of a matrix with a row for
// each entry.
func meanRowsAtPlaces(n int, row, col []int, e *tensor.Dense) (*tensor.Dense, error) {
	width, from := e.Shape()[1], elements[float64](e)
	var to []float64
	column, places := make([]float64, len(row)), 0
	for d := range width {
		for i := range column {
			column[i] = from[i*width+d]
		}
		_, mean, err := meanAtPlaces(n, row, col, column)
		if err != nil {
			return nil, err
		}
		if places = len(mean); to == nil {
			to = make([]float64, places*width)
		}
		for i, v := range mean {
			to[i*width+d] = v
		}
	}
	return denseValue(denseOf(to, places, width), e.Dtype()), nil
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
