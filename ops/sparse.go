package ops

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Sparse is a sparse matrix as the ops take it: the pattern of its entries
// and their weights, as nodes. Weights nil: every entry is 1. The weights are
// a vector with room for at least as many values as the pattern has entries;
// those beyond count for nothing and get a zero gradient, so that another
// pattern can be swapped in under one compiled graph.
type Sparse struct {
	Pattern    *G.Node
	Weights    *G.Node
	Rows, Cols int
	Capacity   int // the most entries the pattern may have; the length of Weights where they are set

	// Symmetric says that the weights of (i, j) and (j, i) are equal wherever
	// the pattern is symmetric, so that a product with the transpose needs none.
	Symmetric bool
}

// with is the inputs followed by the weights, where there are any.
func (m Sparse) with(in ...*G.Node) []*G.Node {
	in = append([]*G.Node{m.Pattern}, in...)
	if m.Weights != nil {
		in = append(in, m.Weights)
	}
	return in
}

// room is the most entries the pattern may have.
func (m Sparse) room() int {
	if m.Weights != nil {
		return m.Weights.Shape().TotalSize()
	}
	return m.Capacity
}

func (m Sparse) check() error {
	if m.Pattern == nil {
		return errors.New("the pattern is nil, want a node")
	}
	if m.Rows < 1 || m.Cols < 1 {
		return fmt.Errorf("the sparse matrix is %d×%d, want at least 1×1", m.Rows, m.Cols)
	}
	if m.Weights != nil && m.Weights.Dims() != 1 {
		return fmt.Errorf("the edge weights have shape %v, want a vector", m.Weights.Shape())
	}
	return nil
}

// checkRoom is check for ops whose result is one value an entry.
func (m Sparse) checkRoom() error {
	if err := m.check(); err != nil {
		return err
	}
	if m.room() < 1 {
		return fmt.Errorf("the sparse matrix has neither weights nor a capacity (%d), want at least 1", m.Capacity)
	}
	return nil
}

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
