package losses_test

import (
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/losses"
)

// Two graphs and a place without one. Both have shares 3/4 and 1/4; the classes
// 0 and 1 weigh 1 and 3: L = (log 4/3 + 3 log 4)/4
func ExampleClassCrossEntropy() {
	g := G.NewGraph()
	z := matrix(g, "logits", 3, 2, []float64{math.Log(3), 0, math.Log(3), 0, 5, 5})
	ids := labelNode(g, []int{0, 1, -1}) // of a loader's input: TargetIDs
	classes := G.NodeFromAny(g, intVector(0, 1, 0), G.WithName("classes"))
	show(losses.ClassCrossEntropy(z, classes, ids, losses.ClassOptions{Weights: []float64{1, 3}}))
	// Output: 1.112
}

// Shares of 3/4 where the target is 1 and of ½ where it is 0: L = (log 4/3 +
// log 2)/2
func ExampleBinaryCrossEntropy() {
	g := G.NewGraph()
	show(losses.BinaryCrossEntropy(matrix(g, "x", 1, 2, []float64{math.Log(3), 0}), matrix(g, "y", 1, 2, []float64{1, 0}), nil, nil))
	// Output: 0.490
}

// Off by 1 and by 3: L = (1 + 9)/2
func ExampleSquaredError() {
	g := G.NewGraph()
	show(losses.SquaredError(matrix(g, "x", 2, 1, []float64{1, 2}), matrix(g, "y", 2, 1, []float64{0, 5}), nil))
	// Output: 5.000
}

// Off by 1 and by 3: L = (1 + 3)/2
func ExampleAbsoluteError() {
	g := G.NewGraph()
	show(losses.AbsoluteError(matrix(g, "x", 2, 1, []float64{1, 2}), matrix(g, "y", 2, 1, []float64{0, 5}), nil))
	// Output: 2.000
}

// intVector is a vector of Ints.
func intVector(x ...int) *tensor.Dense {
	return tensor.New(tensor.WithShape(len(x)), tensor.WithBacking(x))
}
