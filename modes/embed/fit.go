package embed

import (
	"fmt"

	"github.com/graphpool/graphpool/modes"
)

// Map is how the features of one graph were made, so that those of other nodes
// are made the same way.
type Map struct {
	Chosen
	Scale       []float32  // of each column, taken as words
	Mean, Shift []float64  // of each column, taken as numbers: its mean, and one over its standard deviation
	Directions  Directions // of the decomposition
}

// Fit is Nodes, with the map that was made.
func Fit(h *modes.Host, o Options) (Matrix, Map, error) {
	if o.Columns < 1 {
		return Matrix{}, Map{}, fmt.Errorf("embed: Columns = %d, want at least 1", o.Columns)
	}
	if o.Hops < AutoHops {
		return Matrix{}, Map{}, fmt.Errorf("embed: Hops = %d, want at least 0, or %d for auto", o.Hops, AutoHops)
	}
	x, err := Of(h)
	if err != nil || h.Nodes == 0 {
		return Matrix{}, Map{Chosen: Chosen{Kind: Pattern, Hops: minHops}}, err
	}
	m, us := o.fit(o.kind(h, x), x)
	if o.Kind == Auto && m.Kind != Pattern {
		nothing, err := silent(h, us, o.Seed)
		if err != nil {
			return Matrix{}, Map{}, err
		}
		if nothing {
			if x, err = closed(h); err != nil {
				return Matrix{}, Map{}, err
			}
			m, us = o.fit(Pattern, x)
		}
	}
	if m.Hops == AutoHops {
		p, _, err := h.Entries()
		if err != nil {
			return Matrix{}, Map{}, err
		}
		m.Hops = Hops(h.Nodes, p.NNZ())
	}
	z, err := m.smooth(h, us)
	return z, m, err
}

// fit decomposes x taken for a kind.
func (o Options) fit(kind Kind, x Matrix) (m Map, us Matrix) {
	m.Kind, m.Hops = kind, o.Hops
	switch {
	case kind != Number:
		m.Scale = idf(x)
	case x.Pattern == nil && x.Rows > 0:
		m.Mean, m.Shift = moments(x)
	}
	us, m.Directions = decompose(Unit(m.weighed(x)), o.Columns, o.Seed)
	m.Columns = us.Cols
	return m, us
}

// Apply is the features of h as the map makes them: those of the graph it was
// fitted on are the same to the last bit. It errs where h has another number of
// features, or of nodes where the rows of the adjacency were the features; then
// features of h do not count.
func (m Map) Apply(h *modes.Host) (Matrix, error) { return m.ApplyTo(h, nil) }

// ApplyTo is Apply where the rows of the adjacency were the features and h has
// other nodes than the graph of the map: node i of h is node nodes[i] of that
// graph, or none of it where that is −1. Its column is then left out, and
// columns of nodes that h lacks are 0. nil: the nodes are the same, in the same
// order. Where features are not rows of the adjacency, nodes does not count. It
// also errs where nodes has another length than h, or an entry is out of range.
func (m Map) ApplyTo(h *modes.Host, nodes []int32) (Matrix, error) {
	of := Of
	if m.Kind == Pattern {
		of = ofAdjacency
	}
	x, err := of(h)
	if err == nil && m.Kind == Pattern && nodes != nil {
		x, err = x.atColumns(nodes, m.Directions.Cols)
	}
	switch {
	case err != nil:
		return Matrix{}, err
	case m.Kind != Pattern && h.X == nil && h.SparseX == nil:
		return Matrix{}, fmt.Errorf("embed: a graph without features, want %d, as the map was fitted on", m.Directions.Cols)
	case x.Cols != m.Directions.Cols && m.Kind == Pattern:
		return Matrix{}, fmt.Errorf("embed: a graph of %d nodes, want the %d nodes whose neighbours the map was fitted on", x.Cols, m.Directions.Cols)
	case x.Cols != m.Directions.Cols:
		return Matrix{}, fmt.Errorf("embed: %d features, want %d, as the map was fitted on", x.Cols, m.Directions.Cols)
	}
	return m.smooth(h, m.Directions.of(Unit(m.weighed(x))))
}

// weighed is x with the weights or the scale of its columns.
func (m Map) weighed(x Matrix) Matrix {
	switch {
	case m.Kind != Number:
		return x.scaled(m.Scale)
	case m.Mean != nil && x.Pattern == nil:
		return x.standardized(m.Mean, m.Shift)
	}
	return x
}

func (m Map) smooth(h *modes.Host, us Matrix) (Matrix, error) {
	z, err := Smooth(h, us, m.Hops)
	if err != nil {
		return Matrix{}, err
	}
	return Unit(z), nil
}
