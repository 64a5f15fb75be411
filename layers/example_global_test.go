package layers_test

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
)

// threeGraphs is a graph of two nodes, one without nodes and one of three, with
// two features each, in disjoint mode.
func threeGraphs() (*param.Scope, modes.Graph) {
	x := func(nodes int, features ...float64) *modes.Host {
		return &modes.Host{Nodes: nodes, X: tensor.New(tensor.WithShape(nodes, 2), tensor.WithBacking(features))}
	}
	graphs := []*modes.Host{x(2, 1, -1, 3, -4), {}, x(3, 5, 0, 2, 2, 2, 7)}
	store, err := param.NewStore(tensor.Float64, 1) // the weights, from seed 1
	check(err)
	sc := store.Scope(G.NewGraph(), false)
	budget, err := modes.BudgetFor(graphs, len(graphs))
	check(err)
	in, err := modes.NewDisjoint(sc.Graph(), "graphs", graphs, tensor.Float64, budget)
	check(err)
	return sc, in
}

// Every node can be told the sum over its graph.
func ExampleGlobalSumPool() {
	sc, in := threeGraphs()
	out, err := layers.NewGlobalSumPool().Apply(sc, in)
	check(err)
	lifted, err := layers.GlobalLift(in, out.X.Dense)
	check(err)
	fmt.Println(out.Mode, out.X.Dense.Shape(), lifted.Shape())
	show(out.X.Dense, out.IDs, lifted)
	// Output:
	// disjoint (3, 2) (5, 2)
	// [4.000 -5.000 0.000 0.000 9.000 9.000]
	// [0 -1 2]
	// [4.000 -5.000 4.000 -5.000 9.000 9.000 9.000 9.000 9.000 9.000]
}

func ExampleGlobalAvgPool() {
	sc, in := threeGraphs()
	out, err := layers.NewGlobalAvgPool().Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [2.000 -2.500 0.000 0.000 3.000 3.000]
}

func ExampleGlobalMaxPool() {
	sc, in := threeGraphs()
	out, err := layers.NewGlobalMaxPool().Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [3.000 -1.000 0.000 0.000 5.000 7.000]
}

// Gates that are all ½, since their kernel is 0, give half of a sum.
func ExampleGlobalAttentionPool() {
	sc, in := threeGraphs()
	pool := layers.NewGlobalAttentionPool()
	pool.Channels = 1
	pool.Kernel.Init = param.Zeros{} // of both kernels
	pool.Bias.Init = param.Ones{}
	out, err := pool.Apply(sc, in)
	check(err)
	show(out.X.Dense) // the number of nodes times σ(1)
	// Output: [1.462 0.000 2.193]
}

// Attention that looks at the first feature.
func ExampleGlobalAttnSumPool() {
	sc, in := threeGraphs()
	pool := layers.NewGlobalAttnSumPool()
	pool.Kernel.Init = param.Identity{} // a = (1, 0)
	out, err := pool.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [2.762 -3.642 0.000 0.000 4.728 0.408]
}

// Attention after PyG: a layer scores the nodes, and another transforms what
// is summed.
func ExampleGlobalSoftAttentionPool() {
	sc, in := threeGraphs()
	gate, nn := layers.NewDense(1), layers.NewDense(1)
	gate.Kernel.Init, nn.Kernel.Init = param.Zeros{}, param.Ones{}
	pool := layertest.Literal(&layers.GlobalSoftAttentionPool{Gate: gate, NN: nn})
	out, err := pool.Apply(sc, in)
	check(err)
	show(out.X.Dense) // equal scores: the mean of the sums of both features
	// Output: [-0.500 0.000 6.000]
}

// The two nodes of each graph with the highest last feature, in a row each.
func ExampleSortPool() {
	sc, in := threeGraphs()
	pool := layers.NewSortPool(2)
	pool.Flatten = true
	out, err := pool.Apply(sc, in)
	check(err)
	fmt.Println(out.X.Dense.Shape())
	show(out.X.Dense, out.Selection.Index)
	// Output:
	// (3, 4)
	// [1.000 -1.000 3.000 -4.000 0.000 0.000 0.000 0.000 2.000 7.000 2.000 2.000]
	// [0 1 -1 -1 4 3]
}

// Several readouts side by side, of two features each.
func ExampleGlobalPool() {
	sc, in := threeGraphs()
	out, err := layers.NewGlobalPool(layers.ReadoutMin, layers.ReadoutMedian, layers.ReadoutVar).Apply(sc, in)
	check(err)
	fmt.Println(out.X.Dense.Shape())
	show(out.X.Dense)
	// Output:
	// (3, 6)
	// [1.000 -4.000 1.000 -4.000 1.000 2.250 0.000 0.000 0.000 0.000 0.000 0.000 2.000 0.000 2.000 2.000 2.000 8.667]
}

// The sum of both features of all nodes: a layer on each node, and one on the
// sums.
func ExampleDeepSets() {
	sc, in := threeGraphs()
	local, global := layers.NewDense(1), layers.NewDense(1)
	local.Kernel.Init, global.Kernel.Init, global.Bias.Init = param.Ones{}, param.Ones{}, param.Ones{}
	out, err := layers.NewDeepSets(local, global).Apply(sc, in)
	check(err)
	show(out.X.Dense) // plus the bias of 1
	// Output: [0.000 1.000 19.000]
}

// An LSTM whose weights are 0 asks for nothing: half of the result is its state
// of 0, the other half the mean of the features.
func ExampleSet2Set() {
	sc, in := threeGraphs()
	pool := layers.NewSet2Set(2)
	pool.Kernel.Init = param.Zeros{}
	out, err := pool.Apply(sc, in)
	check(err)
	show(out.X.Dense)
	// Output: [0.000 0.000 2.000 -2.500 0.000 0.000 0.000 0.000 0.000 0.000 3.000 3.000]
}

// Two seeds, side by side; a graph without nodes gives 0.
func ExampleSetTransformer() {
	sc, in := threeGraphs()
	out, err := layers.NewSetTransformer(2).Apply(sc, in)
	check(err)
	values, err := train.Evaluate(out.X.Dense)
	check(err)
	fmt.Println(out.X.Dense.Shape(), values[0].Data().([]float64)[4] == 0)
	// Output: (3, 4) true
}

// Three seeds, and one that attends to them; a graph without nodes gives 0.
func ExampleGraphMultisetTransformer() {
	sc, in := threeGraphs()
	out, err := layers.NewGraphMultisetTransformer(3).Apply(sc, in)
	check(err)
	values, err := train.Evaluate(out.X.Dense)
	check(err)
	fmt.Println(out.X.Dense.Shape(), values[0].Data().([]float64)[2] == 0)
	// Output: (3, 2) true
}
