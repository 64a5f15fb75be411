package layers_test

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// Four nodes become two clusters, with features of their own.
func ExampleDiffPool() {
	sc, in := path(1, 1, 4, 2)
	pool := layers.NewDiffPool(2)
	pool.Channels = 3
	out, err := pool.Apply(sc, in)
	check(err)
	fmt.Println(out.Selection.Assignment.Shape(), out.X.Dense.Shape(), out.A.(modes.DenseAdj).Node.Shape())
	for _, l := range out.Losses {
		fmt.Println(l.Name, l.Weight)
	}
	// Output:
	// (4, 2) (2, 3) (2, 2)
	// link 0.1
	// entropy 0.1
}

// The logits of the clusters come from elsewhere, as for PyG's function.
func ExampleNewDiffPoolFrom() {
	sc, in := path(1, 1, 4, 2)
	logits := G.NewMatrix(sc.Graph(), tensor.Float64, G.WithShape(4, 2), G.WithName("logits"),
		G.WithValue(tensor.New(tensor.WithShape(4, 2), tensor.WithBacking([]float64{9, -9, 9, -9, -9, 9, -9, 9}))))
	out, err := layers.NewDiffPoolFrom(logits, nil).Apply(sc, in)
	check(err)
	show(out.X.Dense, out.A.(modes.DenseAdj).Node)
	// Output:
	// [2.000 6.000]
	// [2.000 1.000 1.000 2.000]
}

// Leaders are the nodes that differ most from their neighbours; the others
// join those they resemble.
func ExampleLaPool() {
	row, col := []int{0, 1, 1, 2, 2, 3}, []int{1, 0, 2, 1, 3, 2}
	h, err := modes.FromCOO(4, row, col, nil)
	check(err)
	h.X = tensor.New(tensor.WithShape(4, 2), tensor.WithBacking([]float64{5, 0, 1, 0, 0, 1, 0, 6}))
	store, err := param.NewStore(tensor.Float64, 1)
	check(err)
	sc := store.Scope(G.NewGraph(), false)
	in, err := modes.NewSingle(sc.Graph(), "path", h, tensor.Float64)
	check(err)
	pool := layers.NewLaPool(3) // room for three
	out, err := pool.Apply(sc, in)
	check(err)
	show(out.Selection.Index, out.Selection.Assignment, out.X.Dense, out.IDs)
	// Output:
	// [3 0 -1]
	// [0.000 1.000 0.000 0.000 1.000 0.000 1.000 0.000 0.000 1.000 0.000 0.000]
	// [0.000 7.000 6.000 0.000 0.000 0.000]
	// [0 0 -1]
}
