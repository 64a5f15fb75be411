package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

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
