package layers_test

import (
	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
)

// Each node adds ten times its own feature to those of its neighbours.
func ExampleGraphConv() {
	sc, in := path(1, 2, 3, 4)
	conv := layers.NewGraphConv(1)
	conv.Kernel.Init, conv.Root.Init = param.Ones{}, param.Constant{Value: 10}
	out, err := conv.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [12.000 24.000 36.000 43.000]
}

// Each node adds ten times its own feature to the mean of its neighbours'.
func ExampleSAGEConv() {
	sc, in := path(1, 2, 3, 4)
	conv := layers.NewSAGEConv(1)
	conv.Kernel.Init, conv.Root.Init = param.Ones{}, param.Constant{Value: 10}
	out, err := conv.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [12.000 22.000 33.000 43.000]
}

// One and a half times each feature and those of the neighbours, doubled.
func ExampleGINConv() {
	sc, in := path(1, 2, 3, 4)
	conv := layers.NewGINConv(1)
	conv.Eps = 0.5
	conv.Kernel.Init = param.Constant{Value: 2}
	out, err := conv.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [7.000 14.000 21.000 18.000]
}
