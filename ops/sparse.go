package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// remade is a pattern made of m's: again only when that changes, as patterns
// seldom do. attrs is every number that changes it.
func (m Sparse) remade(name, attrs string, from func(p *Pattern) (*Pattern, error)) (*G.Node, error) {
	var last, result *Pattern // those of the last run
	return apply(&op{
		name: name, attrs: attrs, dtype: tensor.Int, kinds: "p", shape: fixed(tensor.Shape{1}),
		any: func(in []G.Value) (G.Value, error) {
			p, err := sizedPattern(in[0], m.Rows, m.Cols)
			if err != nil {
				return nil, err
			}
			if p != last {
				made, err := from(p)
				if err != nil {
					return nil, err
				}
				last, result = p, made
			}
			return result, nil
		},
	}, m.Pattern)
}

// sizedPattern is the pattern that v is, of so many rows and columns.
func sizedPattern(v G.Value, rows, cols int) (*Pattern, error) {
	p, err := patternOf(v)
	if err == nil && (p.Rows() != rows || p.Cols() != cols) {
		err = fmt.Errorf("the pattern is %d×%d, want %d×%d", p.Rows(), p.Cols(), rows, cols)
	}
	return p, err
}
