package layers_test

import (
	"fmt"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
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
