package layers_test

import (
	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
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
