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

// EdgesApart is the row of each entry that is not on the diagonal, −1 for those
// that are and beyond the entries; see EntryRows.
//
// Shapes: the result is a vector of Capacity Ints.
// Gradient: none.
func EdgesApart(m Sparse) (*G.Node, error) {
	if err := m.checkRoom(); err != nil {
		return nil, fmt.Errorf("ops: EdgesApart: %w", err)
	}
	room := m.room()
	return apply(&op{
		name: "EdgesApart", attrs: fmt.Sprint(m.Rows, m.Cols, room), dtype: tensor.Int, kinds: "p", shape: fixed(tensor.Shape{room}),
		any: func(in []G.Value) (G.Value, error) {
			p, err := sizedPattern(in[0], m.Rows, m.Cols)
			if err != nil {
				return nil, err
			}
			if p.NNZ() > room {
				return nil, fmt.Errorf("the pattern has %d entries, want at most %d, the capacity", p.NNZ(), room)
			}
			rows := p.lines(PerRow, room)
			for e, j := range p.Col() {
				if rows[e] == int(j) {
					rows[e] = -1
				}
			}
			return intVector(rows), nil
		},
	}, m.Pattern)
}

// GatherEdges takes the attributes of a sparse matrix's entries over to a
// matrix that was derived from it, by Induce, InduceShared or SelfLoops:
//
//	y_e = x_{source(e)}, and 0 for an entry that is new
//
// Shapes: x rows×n, or a vector of rows, a row an entry of the matrix that m
// came from; the result has m's capacity as rows. Rows beyond the entries
// count for nothing and are 0.
// Gradient: to x, each row from the entries that took it.
// Errors: a pattern that was not derived, or fewer rows than it had entries,
// when run.
func GatherEdges(m Sparse, x *G.Node) (*G.Node, error) {
	if err := m.checkRoom(); err != nil {
		return nil, fmt.Errorf("ops: GatherEdges: %w", err)
	}
	if x == nil || x.Dims() < 1 || x.Dims() > 2 {
		return nil, fmt.Errorf("ops: GatherEdges: x is %v, want a vector or a matrix", x)
	}
	return apply(gatherEdgesOp(withRows(x.Shape(), m.room())), m.Pattern, x)
}

func gatherEdgesOp(out tensor.Shape) *op {
	return &op{
		name: "GatherEdges", attrs: fmt.Sprint(out), kinds: "p", wrt: []bool{false, true},
		shape: fixed(out), f32: gatherEdges[float32], f64: gatherEdges[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{{}, d.apply(scatterEdgesOp(in[1].shape()), in[0], g)}
		},
	}
}

// scatterEdgesOp adds rows up at the entries that they came from.
func scatterEdgesOp(out tensor.Shape) *op {
	return &op{
		name: "ScatterEdges", attrs: fmt.Sprint(out), kinds: "p", wrt: []bool{false, true},
		shape: fixed(out), f32: scatterEdges[float32], f64: scatterEdges[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{{}, d.apply(gatherEdgesOp(in[1].shape()), in[0], g)}
		},
	}
}

func gatherEdges[T Float](c *call[T]) error {
	x := c.float(1)
	clear(c.out)
	return c.sources(c.shape, c.in[1].Shape(), func(e, from, n int) {
		copy(c.out[e*n:(e+1)*n], x[from*n:])
	})
}

func scatterEdges[T Float](c *call[T]) error {
	g := c.float(1)
	clear(c.out)
	return c.sources(c.in[1].Shape(), c.shape, func(e, from, n int) {
		for i, v := range g[e*n : (e+1)*n] {
			c.out[from*n+i] += v
		}
	})
}

// sources calls f for each entry of the derived pattern in input 0 and the
// entry it came from, which have rows of n in tensors of shapes to and of.
func (c *call[T]) sources(to, of tensor.Shape, f func(e, from, n int)) error {
	p, err := patternOf(c.in[0])
	if err != nil {
		return err
	}
	rows, n := split(of)
	room, _ := split(to)
	if p.source == nil && p.NNZ() > 0 {
		return fmt.Errorf("the pattern was not derived from another")
	}
	if p.NNZ() > room {
		return fmt.Errorf("the pattern has %d entries, want at most %d, the capacity", p.NNZ(), room)
	}
	for e, from := range p.source {
		if int(from) >= rows {
			return fmt.Errorf("%d rows of attributes, want at least %d, one an entry of the pattern", rows, from+1)
		}
		if from >= 0 {
			f(e, int(from), n)
		}
	}
	return nil
}
