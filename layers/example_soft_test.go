package layers_test

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
)

// A path of four nodes becomes two clusters. Its features say which.
func ExampleMinCutPool() {
	sc, in := path(-9, -9, 9, 9)
	pool := layers.NewMinCutPool(2)
	pool.Kernel.Init = param.Identity{Gain: 9}
	out, err := pool.Apply(sc, in)
	check(err)
	fmt.Println(out.X.Dense.Shape(), out.Selection.Assignment.Shape())
	showLosses(out) // two of three edges are inside of clusters
	// Output:
	// (2, 1) (4, 2)
	// cut -0.667
	// orthogonality 0.000
}

// Half of the path in each of two clusters: two of three edges inside, where
// chance would have half of them.
func ExampleDMoNPool() {
	sc, in := path(-9, -9, 9, 9)
	pool := layers.NewDMoNPool(2)
	pool.Kernel.Init = param.Identity{Gain: 9}
	out, err := pool.Apply(sc, in)
	check(err)
	showLosses(out)
	// Output:
	// modularity -0.167
	// cluster 0.000
	// orthogonality 0.000
}

// showLosses prints the losses of a layer.
func showLosses(out layers.Output) {
	for _, term := range out.Losses {
		values, err := train.Evaluate(term.Node)
		check(err)
		fmt.Printf("%s %.3f\n", term.Name, values[0].Data())
	}
}

// A path of four nodes in two halves: of edges alone, two of three are inside,
// each half having 2/3 of its volume inside. A path has no triangles.
func ExampleHOSCPool() {
	sc, in := path(-9, -9, 9, 9)
	pool := layers.NewHOSCPool(2)
	pool.Alpha, pool.Kernel.Init = 0, param.Identity{Gain: 9}
	out, err := pool.Apply(sc, in)
	check(err)
	showLosses(out)
	// Output:
	// higher_order_cut -0.667
	// orthogonality 0.000
	// normalized_balance 0.000
}

// The walk over a path of four nodes takes as many bits in one cluster as its
// nodes' shares of the degrees have: 2·⅙·log₂ 6 + 2·⅓·log₂ 3.
func ExampleMapEquationPool() {
	sc, in := path(9, 9, 9, 9)
	pool := layers.NewMapEquationPool(2)
	pool.Kernel.Init = param.Identity{Gain: 9}
	out, err := pool.Apply(sc, in)
	check(err)
	showLosses(out)
	// Output: map_equation 1.918
}

// At most four clusters. Fractions of ½ leave less for each next one.
func ExampleBNPool() {
	sc, in := path(1, 1, 1, 1)
	pool := layers.NewBNPool(4)
	pool.Kernel.Init = param.Zeros{}
	out, err := pool.Apply(sc, in)
	check(err)
	values, err := train.Evaluate(out.Selection.Assignment)
	check(err)
	fmt.Printf("%.3f\n", values[0].Data().([]float64)[:4])
	for _, term := range out.Losses {
		fmt.Println(term.Name, term.Weight)
	}
	// Output:
	// [0.500 0.250 0.125 0.125]
	// reconstruction 1
	// posterior_divergence 1
	// connectivity_prior 1
}

// Two keys of two heads each: every node belongs to the nearer one by more.
func ExampleMemPool() {
	sc, in := path(-9, -9, 9, 9)
	pool := layers.NewMemPool(2)
	pool.Heads, pool.Channels = 2, 3
	out, err := pool.Apply(sc, in)
	check(err)
	fmt.Println(out.X.Dense.Shape(), out.Selection.Assignment.Shape(), out.Losses[0].Name)
	// Output: (2, 3) (4, 2) self_training
}

// Two pairs of nodes with an edge of weight 4 each and a loop of 4 at each node
// are two factors.
func ExampleNMFPool() {
	host, err := modes.FromCOO(4, []int{0, 0, 1, 1, 2, 2, 3, 3}, []int{0, 2, 1, 3, 0, 2, 1, 3}, []float64{4, 4, 4, 4, 4, 4, 4, 4})
	check(err)
	host.X = tensor.New(tensor.WithShape(4, 1), tensor.WithBacking([]float64{1, 2, 3, 4}))
	store, err := param.NewStore(tensor.Float64, 1)
	check(err)
	sc := store.Scope(G.NewGraph(), false)
	in, err := modes.NewSingle(sc.Graph(), "pairs", host, tensor.Float64)
	check(err)
	pool := layers.NewNMFPool(2)
	pool.Raw = true
	out, err := pool.Apply(sc, in)
	check(err)
	show(out.Selection.Assignment, out.X.Dense)
	// Output:
	// [2.000 0.000 0.000 2.000 2.000 0.000 0.000 2.000]
	// [8.000 12.000]
}
