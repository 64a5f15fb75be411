package layers_test

import (
	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
)

// Walks of at most two steps make the operator by which the nodes are kept: in a
// path most lead to the middle.
func ExamplePANPool() {
	sc, in := path(1, 1, 1, 1)
	conv := layers.NewPANConv(1, 2)
	conv.Kernel.Init = param.Ones{}
	hidden, err := conv.Apply(sc, in)
	check(err)
	out, err := layers.NewPANPool(0.5).Apply(sc, hidden.Graph)
	check(err)
	degree, err := out.A.Degree(out.X.Dense)
	check(err)
	show(hidden.X.Dense, out.Selection.Score, out.Selection.Index, out.X.Dense, degree)
	// Output:
	// [0.317 0.358 0.358 0.317]
	// [0.317 0.358 0.358 0.317]
	// [1 2]
	// [0.123 0.123]
	// [0.250 0.250]
}

// With weights of 0 attention is equal, so that each neighbourhood is the mean of
// its nodes, and of equal fitness the first two are kept. They share two nodes.
func ExampleASAPool() {
	sc, in := path(1, 2, 3, 10)
	pool := layers.NewASAPool(0.5)
	pool.Kernel.Init = param.Zeros{}
	out, err := pool.Apply(sc, in)
	check(err)
	degree, err := out.A.Degree(out.X.Dense)
	check(err)
	show(out.Selection.Features, out.Selection.Index, out.X.Dense, degree)
	// Output:
	// [1.500 2.000 5.000 6.500]
	// [0 1]
	// [0.750 1.000]
	// [0.833 0.833]
}

// With Nearest the nodes that are not kept go to the nearest one that is. X'
// stays that of the nodes kept; PrecomputedPool adds up the clusters.
func ExampleTopNodes_nearest() {
	sc, in := path(9, 1, 2, 8)
	pool := layers.NewTopKPool(0.5)
	pool.Kernel.Init, pool.Nearest = param.Ones{}, true
	out, err := pool.Apply(sc, in)
	check(err)
	degree, err := out.A.Degree(out.X.Dense)
	check(err)
	lifted, err := pool.Lift(in, out.Selection, out.X.Dense)
	check(err)
	sums, err := layers.PrecomputedPool(out.Selection.Cluster, nil, layers.HardClusters{Places: 2}).Apply(sc, in)
	check(err)
	show(out.Selection.Index, out.Selection.Cluster, degree, lifted, sums.X.Dense)
	// Output:
	// [0 3]
	// [0 0 1 1]
	// [1.000 1.000]
	// [9.000 9.000 8.000 8.000]
	// [10.000 10.000]
}
