package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Line is a row or a column of a matrix.
type Line uint8

// The lines of a matrix.
const (
	PerRow Line = iota
	PerColumn
)

// EntryRows is the row of each entry of a sparse matrix, as ids: with them an
// operation on segments works on the entries of each row.
//
// Shapes: the result is a vector of Capacity elements of dtype Int, −1 beyond
// the pattern's entries.
// Gradient: none.
func EntryRows(m Sparse) (*G.Node, error) { return entryIDs("EntryRows", m, PerRow) }

// EntryCols is the column of each entry of a sparse matrix, as ids. Otherwise
// as EntryRows.
func EntryCols(m Sparse) (*G.Node, error) { return entryIDs("EntryCols", m, PerColumn) }

func entryIDs(name string, m Sparse, line Line) (*G.Node, error) {
	if err := m.checkRoom(); err != nil {
		return nil, fmt.Errorf("ops: %s: %w", name, err)
	}
	var last *Pattern // that of the last run: patterns seldom change
	var ids G.Value
	return apply(&op{
		name: name, attrs: fmt.Sprint(m.Rows, m.Cols, m.room()), dtype: tensor.Int, kinds: "p",
		shape: fixed(tensor.Shape{m.room()}),
		any: func(in []G.Value) (G.Value, error) {
			p, err := sizedPattern(in[0], m.Rows, m.Cols)
			if err != nil {
				return nil, err
			}
			if p.NNZ() > m.room() {
				return nil, fmt.Errorf("the pattern has %d entries, want at most %d, the capacity", p.NNZ(), m.room())
			}
			if p != last {
				last, ids = p, tensor.New(tensor.WithShape(m.room()), tensor.WithBacking(p.lines(line, m.room())))
			}
			return ids, nil
		},
	}, m.Pattern)
}

// lines is the row or the column of each entry, and −1 up to room.
func (p *Pattern) lines(line Line, room int) []int {
	ids := make([]int, room)
	fill(ids[p.NNZ():], -1)
	if line == PerColumn {
		for e, j := range p.Col() {
			ids[e] = int(j)
		}
		return ids
	}
	for i := range p.Rows() {
		fill(ids[p.csr.Ptr[i]:p.csr.Ptr[i+1]], i)
	}
	return ids
}

// EdgeSoftMax is the softmax over the entries of each row, or of each column,
// of a sparse matrix:
//
//	y_e = exp(x_e − max_l) / Σ_{f ∈ l} exp(x_f − max_l),  l the line of e
//
// With the rows of an adjacency as the receivers of messages, PerRow gives the
// coefficients of graph attention. Entries of one place each count.
//
// Shapes: x a vector of Capacity elements, or Capacity×n, a column a head; the
// result is shaped as x. Rows of x beyond the pattern's entries are not read,
// and give 0. The weights of m are not read.
// Gradient: to x, y ⊙ (g − Σ_{f ∈ l} g_f y_f).
// Errors: a line that is neither PerRow nor PerColumn.
func EdgeSoftMax(m Sparse, x *G.Node, line Line) (*G.Node, error) {
	if line > PerColumn {
		return nil, fmt.Errorf("ops: EdgeSoftMax: line = %d, want PerRow or PerColumn", line)
	}
	if err := m.checkRoom(); err != nil {
		return nil, fmt.Errorf("ops: EdgeSoftMax: %w", err)
	}
	if x == nil {
		return nil, fmt.Errorf("ops: EdgeSoftMax: x is nil, want a node")
	}
	if x.Dims() < 1 || x.Dims() > 2 || x.Shape()[0] != m.room() {
		return nil, fmt.Errorf("ops: EdgeSoftMax: x has shape %v, want (%d) or (%d, n), a row an entry", x.Shape(), m.room(), m.room())
	}
	name, count := "EntryRows", m.Rows
	if line == PerColumn {
		name, count = "EntryCols", m.Cols
	}
	ids, err := entryIDs(name, m, line)
	if err != nil {
		return nil, err
	}
	return SegmentSoftmax(x, Segments{IDs: ids, Count: count})
}
