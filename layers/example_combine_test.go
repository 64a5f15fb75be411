package layers_test

import (
	"fmt"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/ops"
)

// What is below 0 becomes 0.
func ExampleActivation() {
	sc, in := path(1, -2, 3, -4)
	out, err := layers.NewActivation(ops.ReLU).Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [1.000 0.000 3.000 0.000]
}

// A classifier without dropout and one with it are two Stacks. In training some
// features are dropped; this graph is for evaluation.
func ExampleDropout() {
	sc, in := path(1, 2, 3, 4)
	out, err := layers.NewDropout(0).Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [1.000 2.000 3.000 4.000]
}

// Convolution, norm and activation in one line, twice.
func ExampleBlock() {
	sc, in := path(1, 2, 3, 4)
	out, err := layers.Sequence(
		sc, in,
		layers.Block(layers.NewGCNConv(8), layers.NewLayerNorm(), ops.ReLU, 0.5),
		layers.Block(layers.NewGCNConv(8), nil, ops.ReLU, 0),
	)
	check(err)
	fmt.Println(out.X.Dense.Shape())
	// Output: (4, 8)
}

// Each node has what it hears of one step beside what it hears of two.
func ExampleJumpingKnowledge() {
	sc, in := path(1, 2, 3, 4)
	hear := func() layers.Layer {
		conv := layers.NewGraphConv(1)
		conv.NoRoot, conv.Kernel.Init = true, param.Ones{}
		return conv
	}
	out, err := layers.NewJumpingKnowledge(hear(), hear()).Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [2.000 4.000 4.000 8.000 6.000 7.000 3.000 6.000]
}

// Two readouts of a graph beside each other.
func ExampleJoined() {
	sc, in := path(1, 2, 3, 4)
	out, err := layers.NewJoined(layers.NewGlobalSumPool(), layers.NewGlobalMaxPool()).Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [10.000 4.000]
}
