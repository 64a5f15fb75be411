package layers_test

import (
	"fmt"
	"log"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Two triangles joined by an edge are clustered by their modularity.
func Example() {
	row := []int{0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5}
	col := []int{1, 2, 0, 2, 0, 1, 3, 2, 4, 5, 3, 5, 3, 4}
	pattern, _, err := ops.PatternFromCOO(6, 6, row, col)
	check(err)
	store, err := param.NewStore(tensor.Float32, 1) // the weights, from seed 1
	check(err)
	sc := store.Scope(G.NewGraph(), true)

	in, err := modes.NewSingle(sc.Graph(), "graph", &modes.Host{Nodes: 6, Pattern: pattern}, tensor.Float32)
	check(err)
	pool := layers.NewDMoNPool(2)
	pool.Coarse = layers.Unnormalized // A' = SᵀAS as it is
	out, err := layers.Sequence(sc, in, layers.NewGCNConv(8), pool)
	check(err)
	loss, err := losses.Total(out.Losses)
	check(err)

	s := out.Selection.Assignment // 6×2: the share of each node in each cluster
	trainer, err := train.New(sc, loss, train.NewAdam(0.01), train.Options{Outputs: []*G.Node{s}})
	check(err)
	for range 500 {
		check(trainer.Fetch(s)) // copy s in the next step; needed only if Value is read after it
		_, err = trainer.Step()
		check(err)
	}
	shares, err := trainer.Value(s)
	check(err)
	modularity, err := out.Loss(losses.NameModularity) // a losses.Term: its name, weight and node
	check(err)
	fmt.Printf("together: %v, apart: %v, terms: %s, …\n",
		same(shares, 0, 1) && same(shares, 4, 5), !same(shares, 0, 5), modularity.Name)
	// Output: together: true, apart: true, terms: modularity, …
}

// same tells whether two nodes lean to the same cluster.
func same(shares G.Value, i, j int) bool {
	s := shares.Data().([]float32)
	return (s[2*i] > s[2*i+1]) == (s[2*j] > s[2*j+1])
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
