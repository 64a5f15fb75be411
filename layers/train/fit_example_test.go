package train_test

import (
	"fmt"
	"log"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
)

// A classifier of rings and paths, by one call. classifier, above in this
// package's tests, is the model: layers.Sequence and a loss.
func ExampleFit() {
	graphs, labels := ringsAndPaths(40)
	loader, err := modes.NewLoader(graphs, modes.GraphClasses(labels), modes.LoaderOptions{Batch: 8, Seed: 1})
	if err != nil {
		log.Fatal(err)
	}
	store, err := param.NewStore(tensor.Float32, 1)
	if err != nil {
		log.Fatal(err)
	}
	got, err := train.Fit(store, classifier, train.FitOptions{
		Training: loader, Epochs: 30,
		Solver:  train.NewAdamW(.01, .001),
		Options: train.Options{Rate: train.WarmUp{Steps: 20, Then: train.Cosine{From: .01, Steps: 130}}},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(got.History), "epochs,", got.Compiled, "compiled graph")
	fmt.Println("the loss fell:", got.History[29].Loss < got.History[0].Loss)
	// Output:
	// 30 epochs, 1 compiled graph
	// the loss fell: true
}
