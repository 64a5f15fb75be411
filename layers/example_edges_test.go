package layers_test

import (
	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// Each node takes the mean of itself and its neighbours, the larger ones
// weighing more.
func ExampleGATConv() {
	sc, in := path(1, 2, 3, 4)
	conv := layers.NewGATConv(1, 1)
	conv.Kernel.Init = param.Ones{}
	out, err := conv.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [1.731 2.575 3.575 3.731]
}

// The coefficient of each neighbour depends on the node that asks.
func ExampleGATv2Conv() {
	sc, in := path(1, 2, 3, 4)
	conv := layers.NewGATv2Conv(2, 1)
	conv.Average, conv.Share = true, true
	conv.Kernel.Init = param.Ones{}
	out, err := conv.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [1.731 2.575 3.575 3.731]
}

// Each node adds what its neighbours send: their feature and the edge's weight.
func ExampleGINEConv() {
	sc, in := path(1, 2, 3, 4)
	conv := layers.NewGINEConv(1)
	conv.Edges = layers.EdgeWeights // 1 each
	conv.Kernel.Init = param.Ones{}
	out, err := conv.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [4.000 8.000 11.000 8.000]
}

// How far each node's feature is above the sum of its neighbours'.
func ExampleLEConv() {
	sc, in := path(1, 2, 3, 4)
	conv := layers.NewLEConv(1)
	conv.Kernel.Init = param.Ones{}
	out, err := conv.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [2.000 2.000 3.000 3.000]
}

// The features and twice what the Laplacian, over its bound, makes of them.
func ExampleChebConv() {
	sc, in := path(1, 2, 3, 4)
	conv := layers.NewChebConv(1, 2)
	conv.Laplacian = modes.Unnormalized
	conv.Kernel.Init = param.Ones{}
	out, err := conv.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [-0.500 0.000 0.000 0.500]
}

// Two stacks of three layers.
func ExampleARMAConv() {
	sc, in := path(1, 2, 3, 4)
	conv := layers.NewARMAConv(1)
	conv.Stacks, conv.Layers = 2, 3
	conv.Kernel.Init = param.Ones{}
	out, err := conv.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [6.036 9.527 12.803 10.669]
}

// Walks of up to two steps, by the weights as they are.
func ExampleTAGConv() {
	sc, in := path(1, 2, 3, 4)
	conv := layers.NewTAGConv(1)
	conv.K, conv.Normalization.Kind = 2, modes.Unnormalized
	conv.Kernel.Init = param.Ones{}
	out, err := conv.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [7.000 14.000 16.000 13.000]
}

// Each node moves by one tenth towards each neighbour, whatever the distance.
func ExampleGTVConv() {
	sc, in := path(1, 2, 4, 8)
	conv := layers.NewGTVConv(1)
	conv.Delta = 0.1
	conv.Kernel.Init = param.Ones{}
	out, err := conv.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [1.100 2.000 4.000 7.900]
}

// Each node hears itself and its neighbours, over the numbers that both hear.
func ExamplePANConv() {
	sc, in := path(1, 2, 3, 4)
	conv := layers.NewPANConv(1, 1)
	conv.Kernel.Init, conv.Walks.Init = param.Ones{}, param.Ones{}
	out, err := conv.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [1.316 2.075 3.300 3.225]
}
