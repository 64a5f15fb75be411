// Command classification trains a classifier of graphs with each pooling layer,
// with none and with a random choice of nodes, on data sets of the TU
// collection, and writes a table of the accuracies beside published ones:
//
//	go run ./docs/classification --data DIR
//
// from the repository's root. DIR has tu/NAME.zip and, for fixed folds,
// splits/NAME/test_idx-1.txt to test_idx-10.txt, with the positions of the test
// graphs from 0; the name of that folder has no hyphens. Without the folder the
// folds are stratified, from the seed. A line and the table say which folds a
// data set has.
//
// Of each fold a tenth of the graphs that are not tested is the validation
// part. The weights with the least cross entropy there are those that are
// tested; the test graphs decide nothing.
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/graphpool/graphpool/modes"
)

// config is what the flags say.
type config struct {
	data, out        string
	datasets, models []string
	folds            int
	time             int  // epochs to time in place of the table; 0: none
	dense            bool // batch mode
	setting
}

// setting is how a model is made and trained.
type setting struct {
	Epochs   int     `json:"epochs"`
	Patience int     `json:"patience"`
	Batch    int     `json:"batch"`
	Units    int     `json:"units"`
	Rate     float64 `json:"rate"`
	Decay    float64 `json:"decay"`
	Dropout  float64 `json:"dropout"`
	Seed     uint64  `json:"seed"`
}

func main() {
	c, err := parse(os.Args[1:])
	if err == nil {
		err = c.do()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "classification:", err)
		os.Exit(1)
	}
}

func (c *config) do() error {
	if c.time > 0 {
		return c.clock(os.Stdout)
	}
	return run(c)
}

func parse(args []string) (*config, error) {
	c := &config{}
	f := flag.NewFlagSet("classification", flag.ContinueOnError)
	f.StringVar(&c.data, "data", os.Getenv("GRAPHPOOL_DATA"), "folder of the data sets")
	f.StringVar(&c.out, "out", "docs/classification/results", "where to write, as .md and .json")
	sets := f.String("datasets", strings.Join(datasetNames(), ","), "names, with commas between them")
	models := f.String("models", strings.Join(modelNames(), ","), "names, with commas between them")
	f.IntVar(&c.folds, "folds", 10, "how many of the ten folds")
	f.IntVar(&c.time, "time", 0, "in place of the table, time so many epochs of one model on all graphs of one data set")
	f.BoolVar(&c.dense, "batch-mode", false, "batch mode, with sparse adjacencies, in place of disjoint mode; with --time only")
	f.IntVar(&c.Epochs, "epochs", 200, "at most")
	f.IntVar(&c.Patience, "patience", 40, "epochs without a better validation loss")
	f.IntVar(&c.Batch, "batch", 32, "graphs in a batch")
	f.IntVar(&c.Units, "units", 64, "of each convolution")
	f.Float64Var(&c.Rate, "rate", 1e-3, "learning rate")
	f.Float64Var(&c.Decay, "decay", 1e-4, "weight decay of the kernels")
	f.Float64Var(&c.Dropout, "dropout", .3, "before the last layer")
	f.Uint64Var(&c.Seed, "seed", 0, "of weights, batches and folds")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	c.datasets, c.models = strings.Split(*sets, ","), strings.Split(*models, ",")
	if c.data == "" {
		return nil, fmt.Errorf("--data is not set, want the folder of the data sets")
	}
	if c.time < 0 {
		return nil, fmt.Errorf("--time %d, want at least 0", c.time)
	}
	if c.dense && c.time == 0 {
		return nil, fmt.Errorf("--batch-mode without --time: the table is of disjoint mode")
	}
	if c.folds < 1 || c.folds > 10 {
		return nil, fmt.Errorf("--folds %d, want 1 to 10", c.folds)
	}
	for _, m := range c.models {
		if !slices.Contains(modelNames(), m) {
			return nil, fmt.Errorf("--models: %q, want some of %s", m, strings.Join(modelNames(), ", "))
		}
	}
	return c, nil
}

// run trains everything that an earlier run has not, and writes the results
// after each fold: it can be stopped at any time and goes on when it is started
// again.
func run(c *config) error {
	res, err := resume(c.out, c.setting)
	if err != nil {
		return err
	}
	for _, name := range c.datasets {
		d, err := read(c.data, name, c.Seed)
		if err != nil {
			return err
		}
		fmt.Fprintln(os.Stderr, d.said(c.Seed))
		if err := res.take(d); err != nil {
			return fmt.Errorf("%s.json: %w", c.out, err)
		}
		for _, m := range c.models {
			if err := c.train(res, d, m); err != nil {
				return fmt.Errorf("%s: %s: %w", name, m, err)
			}
		}
	}
	return res.write(c.out)
}

// train trains a model on the folds of a data set that are missing.
func (c *config) train(res *results, d *dataset, model string) error {
	for fold := res.folds(d.name, model); fold < c.folds; fold++ {
		forget()
		got, err := c.fold(d, model, fold)
		if err != nil {
			return fmt.Errorf("fold %d: %w", fold+1, err)
		}
		r := res.row(d.name, model)
		r.Majority = d.majority()
		r.add(got)
		res.here()
		fmt.Fprintln(os.Stderr, r.line())
		if err := res.write(c.out); err != nil {
			return err
		}
	}
	return nil
}

// tested is what a fold gave.
type tested struct {
	accuracy, validation float64
	epochs               int
	seconds, cpu         float64 // an epoch of training and validation
	padding              float64
}

func (c *config) fold(d *dataset, model string, fold int) (tested, error) {
	rest, err := modes.Without(len(d.graphs), d.folds[fold])
	if err != nil {
		return tested{}, err
	}
	validation, training, err := modes.StratifiedPart(d.labels, rest, .1, c.Seed+uint64(fold))
	if err != nil {
		return tested{}, err
	}
	graphs, err := d.standardised(training)
	if err != nil {
		return tested{}, err
	}
	l, err := modes.NewLoader(graphs, modes.GraphClasses(d.labels), c.loader(fold))
	if err != nil {
		return tested{}, err
	}
	return c.fit(d, l, model, parts{training, validation, d.folds[fold]})
}

// loader is how batches are made.
func (c *config) loader(fold int) modes.LoaderOptions {
	o := modes.LoaderOptions{Batch: c.Batch, Seed: c.Seed + uint64(fold)}
	if c.dense {
		o.Mode, o.Sparse = modes.Batch, true
	}
	return o
}

// classifier is a model for a data set.
func (c *config) classifier(d *dataset, model string) classifier {
	k := max(2, min(64, int(d.nodes/4)))
	return classifier{pool: poolings()[model], clusters: []int{k, max(2, k/4)}, classes: d.classes, setting: c.setting}
}
