package gradcheck_test

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// A layer tanh(x·w) with two outputs, checked at every entry of x and w, on
// both machines, and against a reference for its second output.
func Example() {
	x := tensor.New(tensor.WithShape(2, 2), tensor.WithBacking([]float64{0.1, -0.4, 0.7, 0.2}))
	w := tensor.New(tensor.WithShape(2, 1), tensor.WithBacking([]float64{0.5, -0.3}))
	err := gradcheck.Check(gradcheck.Case{
		Name:   "tanh layer",
		Inputs: []gradcheck.Input{{Name: "x", Value: x}, {Name: "w", Value: w}},
		Build: func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
			xw, err := G.Mul(in[0], in[1])
			if err != nil {
				return nil, err
			}
			y, err := G.Tanh(xw)
			return G.Nodes{y, xw}, err
		},
		Forward: func([]G.Value) ([][]float64, error) {
			return [][]float64{nil, {0.17, 0.29}}, nil
		},
	}, gradcheck.Options{})
	fmt.Println(err)
	// Output: <nil>
}

// The built-in Max has no gradient on the LispMachine.
func ExampleCheck() {
	err := gradcheck.Check(gradcheck.Case{
		Name:   "max",
		Inputs: []gradcheck.Input{{Name: "x", Value: tensor.New(tensor.WithBacking([]float64{1, 3, 2}))}},
		Build: func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
			return gradcheck.One(G.Max(in[0]))
		},
	}, gradcheck.Options{})
	fmt.Println(err)
	// Output:
	// gradcheck: max: LispMachine: gradient of x[1]: symbolic 0, numeric 0.72265625, error 0.723 > 1e-06; 1 of 3 entries wrong (the whole gradient is 0: does every op on the way have DoDiff?)
}
