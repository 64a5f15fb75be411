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
)

// Two levels of each graph are chosen once, before training: by structural
// entropy, then by matching. The loader batches them beside the graphs, and each
// PrecomputedPool takes the next one.
func Example_coarsening() {
	var graphs []*modes.Host
	var classes []int
	for n := 8; n < 20; n++ {
		graphs, classes = append(graphs, chain(n, false), chain(n, true)), append(classes, 0, 1)
	}
	graphs, err := modes.Coarsen(graphs, layers.NewSEPPool(), layers.NewGraclusPool())
	check(err)
	loader, err := modes.NewLoader(graphs, modes.GraphClasses(classes), modes.LoaderOptions{Batch: 6, Seed: 1})
	check(err)

	store, err := param.NewStore(tensor.Float32, 1)
	check(err)
	sc := store.Scope(G.NewGraph(), true)
	in, err := loader.Input(sc.Graph(), "graphs", 0)
	check(err)
	out, err := layers.Sequence(sc, in.Graph,
		relu(16), layers.PrecomputedPool(nil, nil, layers.HardClusters{}),
		relu(16), layers.PrecomputedPool(nil, nil, layers.HardClusters{}),
		layers.NewGlobalAvgPool(), layers.NewDense(2))
	check(err)
	loss, err := losses.CrossEntropy(out.X.Dense, in.Labels, in.TargetIDs)
	check(err)
	trainer, err := train.New(sc, loss, train.NewAdam(0.01), train.Options{})
	check(err)
	var first, last float64
	for epoch := range 60 {
		last = 0
		for batch, err := range loader.Epoch(epoch) {
			check(err)
			check(in.Set(batch))
			step, err := trainer.Step()
			check(err)
			last += step
		}
		if epoch == 0 {
			first = last
		}
	}
	fmt.Println(len(in.Levels), "levels,", len(loader.Budgets()), "compiled graph")
	fmt.Println("the loss fell below a fifth:", last < first/5)
	// Output:
	// 2 levels, 1 compiled graph
	// the loss fell below a fifth: true
}
