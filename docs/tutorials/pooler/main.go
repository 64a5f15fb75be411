// Command pooler trains a classifier with a pooling layer that is written here,
// edgePool, on rings and paths, and saves it:
//
//	go run ./docs/tutorials/pooler MODEL
//
// docs/tutorials has the steps in words.
package main

import (
	"fmt"
	"io"
	"os"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: pooler MODEL")
		os.Exit(2)
	}
	if err := run(os.Stdout, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "pooler:", err)
		os.Exit(1)
	}
}

// data is so many graphs of 6 to 12 nodes, in turn a ring with a chord (class
// 0) and a path (class 1), with the degrees as features.
func data(count int) (graphs []*modes.Host, labels []int, err error) {
	for g := range count {
		n, class := 6+g%7, g%2
		var row, col []int
		join := func(i, j int) { row, col = append(row, i, j), append(col, j, i) }
		for i := 1; i < n; i++ {
			join(i-1, i)
		}
		if class == 0 {
			join(0, n-1)
			join(0, n/2)
		}
		h, err := modes.FromCOO(n, row, col, nil)
		if err != nil {
			return nil, nil, err
		}
		graphs, labels = append(graphs, h), append(labels, class)
	}
	graphs, err = modes.WithOneHotDegrees(graphs, 4)
	return graphs, labels, err
}

// network has the layer among those of the module.
func network() []layers.Layer {
	conv := layers.NewGraphConv(8)
	conv.Activation = ops.ReLU
	return []layers.Layer{conv, &edgePool{}, layers.NewGraphConv(8), layers.NewGlobalMaxPool(), layers.NewDense(2)}
}

func model(network []layers.Layer) train.Build {
	return func(sc *param.Scope, in modes.Input) (train.Model, error) {
		out, err := layers.Sequence(sc, in.Graph, network...)
		if err != nil {
			return train.Model{}, err
		}
		loss, err := losses.ClassCrossEntropy(out.X.Dense, in.Labels, in.TargetIDs, losses.ClassOptions{})
		return train.Model{Loss: loss, Output: out.X.Dense}, err
	}
}

// register lets the layer be saved and loaded by its class.
func register() error {
	return layers.Register(func() layers.Classed { return &edgePool{} })
}

func run(w io.Writer, file string) error {
	if err := register(); err != nil {
		return err
	}
	graphs, labels, err := data(56)
	if err != nil {
		return err
	}
	loader, err := modes.NewLoader(graphs, modes.GraphClasses(labels), modes.LoaderOptions{Batch: 14, Seed: 1})
	if err != nil {
		return err
	}
	store, err := param.NewStore(tensor.Float32, 1)
	if err != nil {
		return err
	}
	net := network()
	fitted, err := train.Fit(store, model(net), train.FitOptions{Training: loader, Epochs: 40, Solver: train.NewAdam(.01)})
	if err != nil {
		return err
	}
	first, last := fitted.History[0].Loss, fitted.History[len(fitted.History)-1].Loss
	fmt.Fprintf(w, "%d compiled graph, the loss fell below a tenth: %v\n", fitted.Compiled, last < first/10)
	if err := layers.Save(file, store, net...); err != nil {
		return err
	}
	return same(w, file, store, loader, net)
}

// same tells whether the saved model predicts what the one in memory does.
func same(w io.Writer, file string, store *param.Store, loader *modes.Loader, net []layers.Layer) error {
	loaded, ls, err := layers.Load(file)
	if err != nil {
		return err
	}
	a, err := predict(store, net, loader)
	if err != nil {
		return err
	}
	b, err := predict(loaded, ls, loader)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "loaded: %T, the same predictions: %v\n", ls[1], fmt.Sprint(a.Rows) == fmt.Sprint(b.Rows))
	return nil
}

func predict(store *param.Store, net []layers.Layer, loader *modes.Loader) (train.Predictions, error) {
	p, err := train.NewPredictor(store, model(net))
	if err != nil {
		return train.Predictions{}, err
	}
	defer func() { _ = p.Close() }()
	return p.Run(loader)
}
