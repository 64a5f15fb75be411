package ops_test

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/gradcheck"
)

// hinge is max(0, 1 − x)², with the derivative −2 max(0, 1 − x): an operation
// of another package.
func hinge(x *G.Node) (*G.Node, error) {
	return ops.Custom{
		Name: "example.Hinge", Inputs: "f", F32: runHinge[float32], F64: runHinge[float64],
		Diff: func(in G.Nodes, _, g *G.Node) (G.Nodes, error) {
			slope, err := ops.Affine(in[0], -1, 1)
			for _, step := range []func(*G.Node) (*G.Node, error){
				func(x *G.Node) (*G.Node, error) { return ops.Activate(x, ops.ReLU) },
				func(x *G.Node) (*G.Node, error) { return ops.Affine(x, -2, 0) },
				func(x *G.Node) (*G.Node, error) { return ops.Hadamard(x, g) },
			} {
				if err == nil {
					slope, err = step(slope)
				}
			}
			return G.Nodes{slope}, err
		},
	}.Apply(x)
}

func runHinge[T ops.Float](r *ops.Run[T]) error {
	for i, x := range r.Floats(0) {
		m := max(0, 1-x)
		r.Out[i] = m * m
	}
	return nil
}

// An operation of one's own is its loop and its derivative, made of other
// operations. The gradient is checked on both of Gorgonia's machines.
func ExampleCustom() {
	x := tensor.New(tensor.WithBacking([]float64{-1, 0.5, 2}))
	err := gradcheck.Check(gradcheck.Case{
		Inputs:  []gradcheck.Input{{Name: "x", Value: x}},
		Build:   func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) { return gradcheck.One(hinge(in[0])) },
		Forward: func([]G.Value) ([][]float64, error) { return [][]float64{{4, 0.25, 0}}, nil },
	}, gradcheck.Options{})
	fmt.Println(err)
	// Output: <nil>
}
