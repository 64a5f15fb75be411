package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// EdgeRowIndex is the row of each entry of a pattern: the segments of the
// entries by row.
//
// Shapes: the result is a vector of Capacity Ints, −1 beyond the entries.
// Gradient: none.
func EdgeRowIndex(m Sparse) (*G.Node, error) { return edgeIndex("EdgeRowIndex", m) }

// EdgeColIndex is the column of each entry of a pattern. Otherwise as
// EdgeRowIndex.
func EdgeColIndex(m Sparse) (*G.Node, error) { return edgeIndex("EdgeColIndex", m) }

// EdgesApart is the row of each entry that is not on the diagonal, −1 for those
// that are and beyond the entries.
//
// Shapes: the result is a vector of Capacity Ints.
// Gradient: none.
func EdgesApart(m Sparse) (*G.Node, error) { return edgeIndex("EdgesApart", m) }

func edgeIndex(name string, m Sparse) (*G.Node, error) {
	if err := m.checkRoom(); err != nil {
		return nil, fmt.Errorf("ops: %s: %w", name, err)
	}
	room := m.room()
	return apply(&op{
		name: name, attrs: fmt.Sprint(m.Rows, m.Cols, room), dtype: tensor.Int, kinds: "p", shape: fixed(tensor.Shape{room}),
		any: func(in []G.Value) (G.Value, error) {
			p, err := patternOf(in[0])
			switch {
			case err != nil:
				return nil, err
			case p.Rows() != m.Rows || p.Cols() != m.Cols:
				return nil, fmt.Errorf("the pattern is %d×%d, want %d×%d", p.Rows(), p.Cols(), m.Rows, m.Cols)
			case p.NNZ() > room:
				return nil, fmt.Errorf("the pattern has %d entries, want at most %d, the capacity", p.NNZ(), room)
			}
			return intVector(p.index(name, room)), nil
		},
	}, m.Pattern)
}

// index is what the op of that name gives.
func (p *Pattern) index(name string, room int) []int {
	out := make([]int, room)
	for i := range p.Rows() {
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			switch out[e] = i; {
			case name == "EdgeColIndex":
				out[e] = int(p.csr.Col[e])
			case name == "EdgesApart" && int(p.csr.Col[e]) == i:
				out[e] = -1
			}
		}
	}
	for e := p.NNZ(); e < room; e++ {
		out[e] = -1
	}
	return out
}
