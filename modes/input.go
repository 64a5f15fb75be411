package modes

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// inputs makes input nodes under one name, which is new to the graph: Gorgonia
// merges inputs of one name.
type inputs struct {
	g    *G.ExprGraph
	name string
	dt   tensor.Dtype
}

func newInputs(g *G.ExprGraph, name string, dt tensor.Dtype) (inputs, error) {
	if g == nil {
		return inputs{}, errors.New("a nil expression graph")
	}
	for _, part := range []string{"/x", "/a", "/ids"} {
		for _, end := range []string{"", "/pattern"} {
			if len(g.ByName(name+part+end)) > 0 {
				return inputs{}, fmt.Errorf("the expression graph has an input %s%s%s already, want another name", name, part, end)
			}
		}
	}
	return inputs{g: g, name: name, dt: dt}, wantDtype(dt)
}

// float is a node of floats, yet without a value.
func (in inputs) float(part string, shape ...int) *G.Node {
	return G.NewTensor(in.g, in.dt, len(shape), G.WithShape(shape...), G.WithName(in.name+part))
}

// ids is a node of n ids, yet without a value.
func (in inputs) ids(n int) *G.Node { return in.vector("/ids", n) }

// vector is a node of n Ints, yet without a value.
func (in inputs) vector(part string, n int) *G.Node {
	return G.NewVector(in.g, tensor.Int, G.WithShape(n), G.WithName(in.name+part))
}

// sparse is the nodes of a sparse matrix, yet without values.
func (in inputs) sparse(part string, rows, cols, capacity int, weighted bool) ops.Sparse {
	capacity = max(1, capacity)
	m := ops.Sparse{Rows: rows, Cols: cols, Capacity: capacity}
	m.Pattern = G.NewVector(in.g, tensor.Int, G.WithShape(1), G.WithName(in.name+part+"/pattern"))
	if weighted {
		m.Weights = in.float(part+"/weights", capacity)
	}
	return m
}

// sparseBindings are the values of m's nodes for another matrix.
func sparseBindings(what string, m ops.Sparse, p *ops.Pattern, values []float64) ([]binding, error) {
	if p.Rows() != m.Rows || p.Cols() != m.Cols || p.NNZ() > m.Capacity {
		return nil, fmt.Errorf("%s: %d×%d with %d entries, want %d×%d with at most %d",
			what, p.Rows(), p.Cols(), p.NNZ(), m.Rows, m.Cols, m.Capacity)
	}
	if values != nil && m.Weights == nil {
		return nil, fmt.Errorf("%s: weighted, want none: the graph was built without weights", what)
	}
	bs := []binding{{what, m.Pattern, p}}
	if m.Weights != nil {
		bs = append(bs, binding{what, m.Weights, vectorValue(values, p.NNZ(), m.Capacity, m.Weights.Dtype())})
	}
	return bs, nil
}
