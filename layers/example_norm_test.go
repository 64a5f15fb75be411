package layers_test

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// A scope in training takes the statistics of the nodes at hand.
func ExampleBatchNorm() {
	sc, in := path(1, 1, 5, 5)
	sc = sc.Store().Scope(sc.Graph(), true)
	norm := layers.NewBatchNorm()
	norm.Eps, norm.Beta.Init = 0, param.Constant{Value: 3}
	out, err := norm.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	for _, u := range sc.Updates() {
		fmt.Println(u.Path, "moves at each training step")
	}
	// Output:
	// [2.000 2.000 4.000 4.000]
	// batchnorm/moving_mean moves at each training step
	// batchnorm/moving_variance moves at each training step
}

// rows is a graph of two nodes of two features.
func rows(x ...float64) (*param.Scope, modes.Graph) {
	store, err := param.NewStore(tensor.Float64, 1)
	check(err)
	sc := store.Scope(G.NewGraph(), false)
	in, err := modes.NewSingle(sc.Graph(), "rows",
		&modes.Host{Nodes: 2, X: tensor.New(tensor.WithShape(2, 2), tensor.WithBacking(x))}, tensor.Float64)
	check(err)
	return sc, in
}

// Each node's features get mean 0 and variance 1, or those of all nodes of a
// graph together.
func ExampleLayerNorm() {
	sc, in := rows(1, 3, 5, 7)
	norm := layers.NewLayerNorm()
	norm.Eps = 0
	byNode, err := norm.Apply(sc, in)
	check(err)
	norm.PerGraph = true
	byGraph, err := norm.Apply(sc, in)
	check(err)
	show(byNode.X.Dense, byGraph.X.Dense)
	// Output:
	// [-1.000 1.000 -1.000 1.000]
	// [-1.342 -0.447 0.447 1.342]
}

// Each column gets mean 0 and variance 1 over the nodes of a graph.
func ExampleGraphNorm() {
	sc, in := rows(1, 3, 5, 7)
	norm := layers.NewGraphNorm()
	norm.Eps = 0
	out, err := norm.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [-1.000 -1.000 1.000 1.000]
}
