package layers_test

import (
	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// hard prints what a pooler by hard clusters makes of four nodes in a line: the
// cluster of each, the features of the clusters and the rows of A', of as many
// places as there are nodes.
func hard(pool layers.Pooler, sc *param.Scope, in modes.Graph) {
	out, err := pool.Apply(sc, in)
	check(err)
	degree, err := out.A.Degree(out.X.Dense)
	check(err)
	lifted, err := pool.Lift(in, out.Selection, out.X.Dense)
	check(err)
	show(out.Selection.Cluster, out.X.Dense, degree, lifted)
}

// Neighbours are matched in the order of the nodes.
func ExampleGraclusPool() {
	sc, in := path(1, 2, 3, 4)
	hard(layers.NewGraclusPool(), sc, in)
	// Output:
	// [0 0 1 1]
	// [3.000 7.000 0.000 0.000]
	// [1.000 1.000 0.000 0.000]
	// [3.000 3.000 7.000 7.000]
}

// Two edges at the ends of a line have less entropy than one in the middle.
func ExampleSEPPool() {
	sc, in := path(1, 2, 3, 4)
	hard(layers.NewSEPPool(), sc, in)
	// Output:
	// [0 0 1 1]
	// [3.000 7.000 0.000 0.000]
	// [1.000 1.000 0.000 0.000]
	// [3.000 3.000 7.000 7.000]
}

// The edge between the largest features goes first.
func ExampleEdgePool() {
	sc, in := path(1, 2, 3, 4)
	pool := layers.NewEdgePool()
	pool.Score, pool.Kernel.Init = layers.TanhScore, param.Constant{Value: 0.1}
	hard(pool, sc, in)
	// Output:
	// [0 0 1 1]
	// [2.374 7.731 0.000 0.000]
	// [1.000 1.000 0.000 0.000]
	// [3.000 3.000 7.000 7.000]
}

// Edges of a score above 0 join their nodes.
func ExampleClusterPool() {
	sc, in := path(1, 2, -3, 4)
	pool := layers.NewClusterPool()
	pool.Kernel.Init = param.Constant{Value: 0.1}
	hard(pool, sc, in)
	// Output:
	// [0 0 1 1]
	// [1.173 -0.100 0.000 0.000]
	// [1.000 1.000 0.000 0.000]
	// [1.173 1.173 -0.100 -0.100]
}

// No two of the nodes kept are neighbours, and every other node has one.
func ExampleKMISPool() {
	sc, in := path(1, 2, 3, 4)
	pool := layers.NewKMISPool(1)
	pool.Scorer = layers.ConstantScorer
	hard(pool, sc, in)
	// Output:
	// [0 0 1 1]
	// [3.000 7.000 0.000 0.000]
	// [1.000 1.000 0.000 0.000]
	// [3.000 3.000 7.000 7.000]
}

// Every second node of a path is kept, and its neighbours go with it.
func ExampleMaxCutPool() {
	sc, in := path(1, -1, 1, -1)
	pool := layers.NewMaxCutPool(0.5)
	pool.MessageUnits, pool.Hidden = []int{1}, nil
	pool.Kernel.Init = param.Ones{}
	hard(pool, sc, in)
	// Output:
	// [0 0 0 1]
	// [-2.276 -0.755 0.000 0.000]
	// [1.000 1.000 0.000 0.000]
	// [1.718 -1.731 1.731 -0.570]
}

// Two modes of each pair of neighbours: their sum and their difference.
func ExampleEigenPool() {
	sc, in := path(1, 2, 3, 4)
	hard(layers.NewEigenPool(2), sc, in)
	// Output:
	// [0 0 1 1]
	// [2.121 -0.707 4.950 -0.707 0.000 0.000 0.000 0.000]
	// [1.000 1.000 0.000 0.000]
	// [1.000 2.000 3.000 4.000]
}

// One side of the cut is kept: the nodes between pass their edges on.
func ExampleNDPPool() {
	sc, in := path(1, 2, 3, 4)
	hard(layers.NewNDPPool(), sc, in)
	// Output:
	// [-1 0 -1 1]
	// [2.000 4.000 0.000 0.000]
	// [0.500 0.500 0.000 0.000]
	// [0.000 2.000 0.000 4.000]
}
