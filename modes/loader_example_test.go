package modes_test

import (
	"fmt"
	"log"
	"strings"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
)

// line is n nodes in a line.
func line(n int) *modes.Host {
	var row, col []int
	for i := 1; i < n; i++ {
		row, col = append(row, i-1, i), append(col, i, i-1)
	}
	h, err := modes.FromCOO(n, row, col, nil)
	if err != nil {
		log.Fatal(err)
	}
	return h
}

// Seven lines of 2 to 8 nodes, at most three in a batch: the same nodes of one
// expression graph serve all batches.
func ExampleNewLoader() {
	var graphs []*modes.Host
	for n := 2; n < 9; n++ {
		graphs = append(graphs, line(n))
	}
	labels := []int{0, 1, 0, 1, 0, 1, 0}
	loader, err := modes.NewLoader(graphs, modes.GraphClasses(labels), modes.LoaderOptions{Batch: 3, Seed: 1})
	if err != nil {
		log.Fatal(err)
	}
	in, err := loader.Input(G.NewGraph(), "graphs", 0)
	if err != nil {
		log.Fatal(err)
	}
	seen := 0
	for batch, err := range loader.Epoch(0) {
		if err != nil {
			log.Fatal(err)
		}
		if err := in.Set(batch); err != nil {
			log.Fatal(err)
		}
		seen += len(batch.Index) // here a step is done
	}
	r := loader.Report(0)
	fmt.Println(seen, "graphs,", len(loader.Budgets()), "input")
	fmt.Println(r.Nodes == 35, r.Rows == r.Batches*in.Rows(), r.Padding() < .3)
	// Output:
	// 7 graphs, 1 input
	// true true true
}

// A part of a loader goes into the same inputs; places without a graph have the
// label −1.
func ExampleLoader_Part() {
	loader, err := modes.NewLoader([]*modes.Host{line(3), line(4), line(5)}, modes.GraphClasses([]int{7, 8, 9}), modes.LoaderOptions{Batch: 2})
	if err != nil {
		log.Fatal(err)
	}
	in, err := loader.Input(G.NewGraph(), "graphs", 0)
	if err != nil {
		log.Fatal(err)
	}
	test, err := loader.Part([]int{2}, true)
	if err != nil {
		log.Fatal(err)
	}
	for batch, err := range test.Epoch(0) {
		if err != nil {
			log.Fatal(err)
		}
		if err := in.Set(batch); err != nil {
			log.Fatal(err)
		}
	}
	fmt.Println(in.Labels.Value(), in.TargetIDs.Value())
	// Output: [ 9  -1] [ 0  -1]
}

func ExampleStratifiedFolds() {
	folds, err := modes.StratifiedFolds([]int{0, 0, 0, 0, 1, 1}, 2, 0)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(folds[0]), len(folds[1]))
	training, err := modes.Without(6, folds[0])
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(training), fmt.Sprint(training) == fmt.Sprint(folds[1]))
	// Output:
	// 3 3
	// 3 true
}

// The positions of the test graphs, as files of fixed folds have them.
func ExampleReadIndex() {
	fmt.Println(modes.ReadIndex(strings.NewReader("4\n0\n"), 5))
	// Output: [4 0] <nil>
}

// The scale comes from the training part, the first graph.
func ExampleFitScaler() {
	host := func(x ...float64) *modes.Host {
		return &modes.Host{Nodes: len(x), X: tensor.New(tensor.WithShape(len(x), 1), tensor.WithBacking(x))}
	}
	graphs := []*modes.Host{host(1, 3), host(2, 5)}
	scaler, err := modes.FitScaler(graphs, []int{0}, nil)
	if err != nil {
		log.Fatal(err)
	}
	out, err := scaler.Apply(graphs)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(out[0].X.Data(), out[1].X.Data())
	// Output: [-1 1] [0 3]
}

func ExampleWithDegrees() {
	out, err := modes.WithDegrees([]*modes.Host{line(3)})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(out[0].X.Data())
	// Output: [1 2 1]
}
