package train

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Scalar is a named number that goes into a graph as an input and can be
// changed between steps: the weight of a loss that is annealed, for example.
type Scalar struct {
	node *G.Node
}

// NewScalar adds the input to the graph. The dtype is float32 or float64; the
// name must be new to the graph, since Gorgonia merges inputs of one name.
func NewScalar(g *G.ExprGraph, name string, dt tensor.Dtype, value float64) (*Scalar, error) {
	if dt != tensor.Float32 && dt != tensor.Float64 {
		return nil, fmt.Errorf("train: scalar %s: dtype %v, want float32 or float64", name, dt.Type) // the zero Dtype cannot be printed
	}
	if g == nil || name == "" || len(g.ByName(name)) > 0 {
		return nil, fmt.Errorf("train: scalar %q: want a graph and a name that is new to it", name)
	}
	n := G.NewScalar(g, dt, G.WithName(name))
	s := &Scalar{node: n}
	return s, s.Set(value)
}

// Node is the input node, a scalar.
func (s *Scalar) Node() *G.Node { return s.node }

// Set changes the number for the runs to come.
func (s *Scalar) Set(value float64) error {
	if s == nil || s.node == nil {
		return errors.New("train: scalar: nil or zero, want one of NewScalar")
	}
	var v G.Value = G.NewF64(value)
	if s.node.Dtype() == tensor.Float32 {
		v = G.NewF32(float32(value))
	}
	return G.Let(s.node, v)
}
