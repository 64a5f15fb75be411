package main

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/gradcheck"
)

func Example() {
	if err := run(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// step 0: stress 0.383
	// step 50: stress 0.001
	// step 100: stress 0.000
	// the first edge is 1.00 long
}

// Values worked by hand, and the gradient on both machines, in float64 and
// float32; two places have no entry.
func TestValuesAndGradients(t *testing.T) {
	pattern, err := ring(3)
	require.NoError(t, err)
	x := tensor.New(tensor.WithShape(3, 2), tensor.WithBacking([]float64{0, 0, 3, 4, 1, 0}))
	single := tensor.New(tensor.WithShape(3, 2), tensor.WithBacking([]float32{0, 0, 3, 4, 1, 0}))
	for _, x := range []*tensor.Dense{x, single} {
		assert.NoError(t, gradcheck.Check(gradcheck.Case{
			Inputs: []gradcheck.Input{{Name: "p", Value: pattern}, {Name: "x", Value: x}},
			Build: func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
				return gradcheck.One(edgeSquares(ops.Sparse{Pattern: in[0], Rows: 3, Cols: 3, Capacity: 5}, in[1]))
			},
			Forward: func([]G.Value) ([][]float64, error) { return [][]float64{{25, 20, 1, 0, 0}}, nil },
		}, gradcheck.Options{}))
	}
}

// What does not fit is an error, at build and when run.
func TestWhatDoesNotFit(t *testing.T) {
	pattern, err := ring(3)
	require.NoError(t, err)
	g := G.NewGraph()
	p, err := ops.NewPatternNode(g, "p", pattern)
	require.NoError(t, err)
	node := func(name string, shape ...int) *G.Node {
		return G.NodeFromAny(g, tensor.New(tensor.WithShape(shape...), tensor.Of(tensor.Float64)), G.WithName(name))
	}
	m := ops.Sparse{Pattern: p, Rows: 3, Cols: 3, Capacity: 2}
	_, err = edgeSquares(m, node("a", 4, 2))
	assert.EqualError(t, err, "ops: tutorial.EdgeSquares: x has shape (4, 2), want (3, n)")
	_, err = edgeSquares(m, node("b", 3, 2))
	require.NoError(t, err)
	vm := G.NewTapeMachine(g)
	assert.ErrorContains(t, vm.RunAll(), "ops: tutorial.EdgeSquares: the pattern has 3 entries, want at most 2")
	assert.NoError(t, vm.Close())
}
