package layers_test

import (
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/ring"
	"github.com/graphpool/graphpool/ops"
)

// A graph U-Net by each family of poolers: a convolution, a pool, a convolution
// on the small graph, and the lift back beside the features of the nodes, from
// which another convolution tells the class of each. Four cliques of five nodes
// stand in a ring; one node of each says to which class its clique belongs.

// The U-Net of Gao and Ji: the nodes of highest score are kept, and the lift
// brings the others what the nearest of those has.
func Example_unetTopK() {
	pool := layers.NewTopKPool(0.5)
	pool.Nearest = true
	trainUNet(pool)
	// Output: the loss fell to a tenth: true, 20 of 20 nodes right
}

// By a soft assignment, whose losses are learned with the classes.
func Example_unetMinCut() {
	trainUNet(layers.NewMinCutPool(4))
	// Output: the loss fell to a tenth: true, 20 of 20 nodes right
}

// By hard clusters, each around a node of which no other kept one is a
// neighbour.
func Example_unetKMIS() {
	trainUNet(layers.NewKMISPool(1))
	// Output: the loss fell to a tenth: true, 20 of 20 nodes right
}

// trainUNet trains on four labels, and prints whether the loss fell to a tenth
// and of how many of the twenty nodes the class is right.
func trainUNet(pool layers.Pooler) {
	host := cliques()
	store, err := param.NewStore(tensor.Float64, 1) // the weights, from seed 1
	check(err)

	sc := store.Scope(G.NewGraph(), true)
	logits, terms := unet(sc, host, pool)
	known := slices.Repeat([]int{0, -1, -1, -1, -1}, 4) // −1: the class is not known
	for c := range 4 {
		known[5*c] = c
	}
	labels := G.NewVector(sc.Graph(), tensor.Int, G.WithName("labels"), G.WithShape(20),
		G.WithValue(tensor.New(tensor.WithShape(20), tensor.WithBacking(known))))
	wrong, err := losses.CrossEntropy(logits, labels, nil)
	check(err)
	loss, err := losses.Total(append(terms, losses.Term{Name: losses.NameCrossEntropy, Weight: 1, Node: wrong}))
	check(err)
	trainer, err := train.New(sc, loss, train.NewAdam(0.01), train.Options{Outputs: []*G.Node{wrong}})
	check(err)
	var first, last float64
	for step := range 200 {
		check(trainer.Fetch(wrong))
		_, err := trainer.Step()
		check(err)
		v, err := trainer.Value(wrong)
		check(err)
		if last = v.Data().(float64); step == 0 {
			first = last
		}
	}

	logits, _ = unet(store.Scope(G.NewGraph(), false), host, pool)
	values, err := train.Forward(logits)
	check(err)
	right := 0
	for i := range 20 {
		z := values[0].Data().([]float64)[4*i:][:4]
		if z[i/5] == slices.Max(z) {
			right++
		}
	}
	fmt.Printf("the loss fell to a tenth: %v, %d of 20 nodes right\n", last < first/10, right)
}

// unet is the logits of the nodes, and the losses of the pool.
func unet(sc *param.Scope, host *modes.Host, pool layers.Pooler) (*G.Node, []losses.Term) {
	in, err := modes.NewSingle(sc.Graph(), "cliques", host, tensor.Float64)
	check(err)
	down, err := layers.Sequence(sc, in, relu(8))
	check(err)
	small, err := pool.Apply(sc, down.Graph)
	check(err)
	bottom, err := layers.Sequence(sc, small.Graph, relu(8))
	check(err)
	up, err := pool.Lift(down.Graph, small.Selection, bottom.X.Dense)
	check(err)
	both, err := ops.Concat(down.X.Dense, up)
	check(err)
	out, err := layers.Sequence(sc, down.WithX(both), layers.NewGCNConv(4))
	check(err)
	return out.X.Dense, small.Losses
}

// cliques is four cliques of five nodes in a ring, each node with a feature of
// its own.
func cliques() *modes.Host {
	graph, err := ring.Generate(4, 5)
	check(err)
	host, err := graph.Host()
	check(err)
	x := make([]float64, 20*20)
	for i := range 20 {
		x[i*20+i] = 1
	}
	host.X = tensor.New(tensor.WithShape(20, 20), tensor.WithBacking(x))
	return host
}
