package layers_test

import (
	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/ops"
)

// Twice each feature, less three, where that is above 0.
func ExampleDense() {
	sc, in := path(1, 2, 3, 4)
	dense := layers.NewDense(1)
	dense.Activation = ops.ReLU
	dense.Kernel.Init, dense.Bias.Init = param.Constant{Value: 2}, param.Constant{Value: -3}
	out, err := dense.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [0.000 1.000 3.000 5.000]
}

// Two hidden units, each the node's own feature, added up.
func ExampleMLP() {
	sc, in := path(1, -2, 3, -4)
	mlp := layers.NewMLP(2, 1) // with relu in between
	mlp.Kernel.Init = param.Ones{}
	out, err := mlp.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [2.000 0.000 6.000 0.000]
}

// Each node adds up itself and its neighbours, by the degrees of both.
func ExampleGCNConv() {
	sc, in := path(6, 6, 6, 6)
	conv := layers.NewGCNConv(1)
	conv.Kernel.Init = param.Ones{}
	out, err := conv.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [5.449 6.449 6.449 5.449]
}

// The same, and the node itself once more by a weight that starts at 1.
func ExampleGCNSkipConv() {
	sc, in := path(6, 6, 6, 6)
	conv := layers.NewGCNSkipConv(1)
	conv.Activation = ops.Identity
	conv.Kernel.Init = param.Ones{}
	out, err := conv.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [11.449 12.449 12.449 11.449]
}
