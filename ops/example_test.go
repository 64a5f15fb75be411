package ops_test

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// The neighbours of each node of a path 0 – 1 – 2 are added up, weighted; the
// sum is differentiated with respect to the weights of the edges.
func Example() {
	pattern, order, err := ops.PatternFromCOO(3, 3, []int{0, 1, 1, 2}, []int{1, 0, 2, 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	weights := []float64{1, 1, 0.5, 0.5}
	sorted := make([]float64, len(order))
	for e, from := range order {
		sorted[e] = weights[from]
	}
	g := G.NewGraph()
	p, err := ops.NewPatternNode(g, "pattern", pattern)
	if err != nil {
		fmt.Println(err)
		return
	}
	w := G.NewVector(g, tensor.Float64, G.WithName("w"), G.WithValue(tensor.New(tensor.WithBacking(sorted))))
	x := G.NewMatrix(g, tensor.Float64, G.WithName("x"), G.WithValue(tensor.New(tensor.WithShape(3, 1), tensor.WithBacking([]float64{10, 20, 30}))))
	y, err := ops.SpMM(ops.Sparse{Pattern: p, Weights: w, Rows: 3, Cols: 3}, x)
	if err != nil {
		fmt.Println(err)
		return
	}
	loss, err := ops.Sum(y)
	if err != nil {
		fmt.Println(err)
		return
	}
	slopes, err := G.Grad(loss, w)
	if err != nil {
		fmt.Println(err)
		return
	}
	vm := G.NewTapeMachine(g.SubgraphRoots(y, slopes[0]))
	defer vm.Close()
	if err := vm.RunAll(); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(y.Value().Data(), slopes[0].Value().Data())
	// Output: [20 25 10] [20 10 30 20]
}
