// Command classifier learns to tell classes of graphs apart, from a folder of
// TU files:
//
//	go run ./docs/tutorials/classifier FOLDER MODEL
//
// FOLDER is a folder or zip archive that graphfile.ReadTU reads, such as
// MUTAG.zip, and MODEL the file to write the model to. docs/tutorials has the
// steps in words.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/losses/metrics/classify"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/ops"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: classifier FOLDER MODEL")
		os.Exit(2)
	}
	if err := run(os.Stdout, os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "classifier:", err)
		os.Exit(1)
	}
}

// read is the graphs of a folder, their classes, and how many classes there are.
func read(folder string) (graphs []*modes.Host, labels []int, classes int, err error) {
	set, err := graphfile.ReadTU(folder)
	if err != nil {
		return nil, nil, 0, err
	}
	for _, g := range set.Graphs {
		h, err := g.Host()
		if err != nil {
			return nil, nil, 0, err
		}
		graphs = append(graphs, h)
	}
	graphs, err = modes.WithOneHotDegrees(graphs, 10) // beside the features of the files
	return graphs, set.Labels, len(set.Classes), err
}

// split is three loaders over parts of the graphs, with one size of batch: so
// the model is compiled once for training and once for evaluation.
func split(graphs []*modes.Host, labels []int) (training, validation, test *modes.Loader, err error) {
	all, err := modes.NewLoader(graphs, modes.GraphClasses(labels), modes.LoaderOptions{Batch: 32, Seed: 1})
	if err != nil {
		return nil, nil, nil, err
	}
	folds, err := modes.StratifiedFolds(labels, 10, 1)
	if err != nil {
		return nil, nil, nil, err
	}
	rest, err := modes.Without(len(graphs), folds[0])
	if err != nil {
		return nil, nil, nil, err
	}
	chosen, trained, err := modes.StratifiedPart(labels, rest, .1, 1)
	if err != nil {
		return nil, nil, nil, err
	}
	training, err1 := all.Part(trained, false)
	validation, err2 := all.Part(chosen, true) // true: in this order, not shuffled
	test, err3 := all.Part(folds[0], true)
	return training, validation, test, errors.Join(err1, err2, err3)
}

// network is the layers of a classifier with one pooling layer.
func network(classes int) []layers.Layer {
	conv := func() layers.Layer {
		l := layers.NewGraphConv(32)
		l.Activation = ops.ReLU
		return l
	}
	return []layers.Layer{
		conv(), layers.NewTopKPool(.8),
		conv(), layers.NewGlobalSumPool(),
		layers.NewDense(classes),
	}
}

// model is the network with its loss.
func model(network []layers.Layer) train.Build {
	return func(sc *param.Scope, in modes.Input) (train.Model, error) {
		out, err := layers.Sequence(sc, in.Graph, network...)
		if err != nil {
			return train.Model{}, err
		}
		// in.TargetIDs is −1 at places without a graph: they do not count.
		loss, err := losses.ClassCrossEntropy(out.X.Dense, in.Labels, in.TargetIDs, losses.ClassOptions{Smoothing: .05})
		return train.Model{Loss: loss, Output: out.X.Dense}, err
	}
}

func run(w io.Writer, folder, file string) error {
	graphs, labels, classes, err := read(folder)
	if err != nil {
		return err
	}
	training, validation, test, err := split(graphs, labels)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%d graphs of %d classes, %.1f %% of an epoch's rows are padding\n",
		len(graphs), classes, 100*training.Report(0).Padding())

	store, err := param.NewStore(tensor.Float32, 1) // the weights, from seed 1
	if err != nil {
		return err
	}
	const rate = 2e-3
	net := network(classes)
	_, err = train.Fit(store, model(net), train.FitOptions{
		Training: training, Validation: validation, Epochs: 60,
		Solver:  train.NewAdamW(rate, 1e-3), // decays every kernel
		Plateau: &train.Plateau{Rate: rate, Factor: .5, Patience: 5},
		Stop:    &train.EarlyStopping{Patience: 15}, // puts the best weights back
		OnEpoch: func(e train.Epoch) error {
			if e.Number%10 == 0 {
				fmt.Fprintf(w, "epoch %d: loss %.3f, validation %.3f\n", e.Number, e.Loss, e.Validation)
			}
			return nil
		},
	})
	if err != nil {
		return err
	}
	confusion, err := evaluate(store, model(net), test, labels, classes)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "test: accuracy %.3f, balanced %.3f, macro F1 %.3f\n", confusion.Accuracy(), confusion.BalancedAccuracy(), confusion.MacroF1())
	return layers.Save(file, store, net...) // the weights, and which layers they are of
}

// evaluate counts what the model makes of each class.
func evaluate(store *param.Store, build train.Build, l *modes.Loader, labels []int, classes int) (classify.Confusion, error) {
	predictor, err := train.NewPredictor(store, build)
	if err != nil {
		return nil, err
	}
	defer func() { _ = predictor.Close() }()
	got, err := predictor.Run(l)
	if err != nil {
		return nil, err
	}
	predicted, want := got.GraphClasses(labels)
	return classify.NewConfusion(predicted, want, classes)
}
