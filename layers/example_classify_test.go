package layers_test

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Graphs are classified: rings are class 1, paths class 0. The model pools
// twice, by TopK and by MinCut, before each graph becomes one row of logits.
// One compiled graph, of room for four graphs, serves every batch.
func Example_classification() {
	var graphs []*modes.Host // without features: each node gets a 1
	for n := 5; n < 11; n++ {
		graphs = append(graphs, chain(n, false), chain(n, true))
	}
	budget, err := modes.BudgetFor(graphs, 4)
	check(err)
	store, err := param.NewStore(tensor.Float32, 1) // the weights, from seed 1
	check(err)

	// One graph trains, another evaluates; both have the store's weights.
	build := func(training bool) (sc *param.Scope, in modes.Graph, out layers.Output) {
		sc = store.Scope(G.NewGraph(), training)
		in, err := modes.NewDisjoint(sc.Graph(), "graphs", graphs[:4], tensor.Float32, budget) // or NewBatch
		check(err)
		out, err = layers.Sequence(sc, in,
			relu(16), layers.NewTopKPool(0.8),
			relu(16), layers.NewMinCutPool(3),
			relu(16), layers.NewGlobalAttentionPool(), layers.NewDense(2)) // logits, a row a graph
		check(err)
		return sc, in, out
	}
	sc, in, out := build(true)
	labels := G.NewVector(sc.Graph(), tensor.Int, G.WithName("labels"), G.WithShape(budget.Graphs))
	wrong, err := losses.CrossEntropy(out.X.Dense, labels, out.IDs) // places without a graph count for nothing
	check(err)
	loss, err := losses.Total(append(out.Losses, losses.Term{Name: losses.NameCrossEntropy, Weight: 1, Node: wrong}))
	check(err)

	set := func(at int) { // graphs[at:], at most four
		check(modes.SetDisjoint(in, graphs[at:min(at+4, len(graphs))]))
		classes := make([]int, 4)
		for i := at; i < min(at+4, len(graphs)); i++ {
			classes[i-at] = i % 2
		}
		check(G.Let(labels, tensor.New(tensor.WithShape(4), tensor.WithBacking(classes))))
	}
	set(0)
	trainer, err := train.New(sc, loss, train.NewAdam(0.01), train.Options{Outputs: []*G.Node{wrong}})
	check(err)
	for range 100 {
		for at := 0; at < len(graphs); at += 4 {
			set(at)
			_, err = trainer.Step()
			check(err)
		}
	}

	_, in, out = build(false)
	eval, err := train.NewEvaluator(out.X.Dense)
	check(err)
	right := 0
	for at := 0; at < len(graphs); at += 3 { // batches of three leave a place empty
		check(modes.SetDisjoint(in, graphs[at:at+3]))
		values, err := eval.Run()
		check(err)
		z := values[0].Data().([]float32)
		for i := range 3 {
			if (z[2*i+1] > z[2*i]) == ((at+i)%2 == 1) {
				right++
			}
		}
	}
	fmt.Printf("%d of %d graphs told apart\n", right, len(graphs))
	// Output: 12 of 12 graphs told apart
}

// chain is n nodes in a line, or in a ring.
func chain(n int, ring bool) *modes.Host {
	var row, col []int
	for i := range n {
		if j := (i + 1) % n; ring || j > 0 {
			row, col = append(row, i, j), append(col, j, i)
		}
	}
	h, err := modes.FromCOO(n, row, col, nil)
	check(err)
	return h
}

// relu is a convolution with relu behind it.
func relu(units int) layers.Layer {
	l := layers.NewGraphConv(units)
	l.Activation = ops.ReLU
	return l
}
