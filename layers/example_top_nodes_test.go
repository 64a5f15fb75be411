package layers_test

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// path is four nodes in a line, 0 – 1 – 2 – 3, each with one feature, in a
// graph of its own.
func path(features ...float64) (*param.Scope, modes.Graph) {
	pattern, _, err := ops.PatternFromCOO(4, 4, []int{0, 1, 1, 2, 2, 3}, []int{1, 0, 2, 1, 3, 2})
	check(err)
	store, err := param.NewStore(tensor.Float64, 1) // the weights, from seed 1
	check(err)
	sc := store.Scope(G.NewGraph(), false)
	x := tensor.New(tensor.WithShape(4, 1), tensor.WithBacking(features))
	in, err := modes.NewSingle(sc.Graph(), "path", &modes.Host{Nodes: 4, Pattern: pattern, X: x}, tensor.Float64)
	check(err)
	return sc, in
}

// show prints the values of nodes, a line each.
func show(nodes ...*G.Node) {
	values, err := train.Forward(nodes...)
	check(err)
	for _, v := range values {
		if x, ok := v.Data().([]float64); ok {
			fmt.Printf("%.3f\n", x)
		} else {
			fmt.Println(v.Data())
		}
	}
}

// Half of the nodes of a path are kept, those of the highest features.
func ExampleTopKPool() {
	sc, in := path(1, -2, 3, 0.5)
	pool := layers.NewTopKPool(0.5)
	pool.Kernel.Init = param.Ones{} // the direction p
	out, err := pool.Apply(sc, in)
	check(err)
	degree, err := out.A.Degree(out.X.Dense)
	check(err)
	mask, err := out.Selection.Mask(in)
	check(err)
	lifted, err := pool.Lift(in, out.Selection, out.X.Dense)
	check(err)
	show(out.Selection.Score, out.Selection.Index, out.X.Dense, degree, mask, lifted)
	// Output:
	// [1.000 -2.000 3.000 0.500]
	// [0 2]
	// [0.762 2.985]
	// [0.000 0.000]
	// [1.000 0.000 1.000 0.000]
	// [0.762 0.000 2.985 0.000]
}

// The two nodes kept are those whose neighbourhoods score highest, by a
// network of the user's choice.
func ExampleSAGPool() {
	sc, in := path(1, 1, 4, 2)
	pool := layers.NewSAGPool(0.5)
	pool.Gate = ops.Sigmoid
	gnn := layers.NewGraphConv(1) // x_i·W_root + Σ_j x_j·W
	gnn.Kernel.Init, gnn.Root.Init = param.Constant{Value: 0.5}, param.Ones{}
	pool.GNN = gnn
	out, err := pool.Apply(sc, in)
	check(err)
	degree, err := out.A.Degree(out.X.Dense)
	check(err)
	show(out.Selection.Score, out.Selection.Index, out.X.Dense, degree)
	// Output:
	// [1.500 3.500 5.500 4.000]
	// [2 3]
	// [3.984 1.964]
	// [1.000 1.000]
}
