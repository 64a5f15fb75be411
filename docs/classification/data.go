package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// datasetNames is the data sets of the table, in its order.
func datasetNames() []string {
	return []string{"MUTAG", "ENZYMES", "PROTEINS", "IMDB-BINARY", "NCI1", "DD"}
}

// dataset is graphs with a class each, and ten folds.
type dataset struct {
	name       string
	graphs     []*modes.Host
	labels     []int
	classes    int
	attributes int // the first columns of the features, which are no classes
	folds      [][]int
	split      split   // where the folds come from
	splitAt    string  // the folder that has, or would have, the fixed ones
	nodes      float64 // the mean of a graph
}

// split is where the folds of a data set come from.
type split string

// The two kinds of folds.
const (
	fixedFolds split = "fixed"             // read from the data set's folder in splits
	drawnFolds split = "drawn by the seed" // stratified
)

// read reads a data set from dir. Graphs without features get their degrees.
func read(dir, name string, seed uint64) (*dataset, error) {
	set, err := graphfile.ReadTU(filepath.Join(dir, "tu", name+".zip"))
	if errors.Is(err, fs.ErrNotExist) {
		set, err = graphfile.ReadTU(filepath.Join(dir, "tu", name))
	}
	if err != nil {
		return nil, err
	}
	d := &dataset{name: name, labels: set.Labels, classes: len(set.Classes)}
	for _, g := range set.Graphs {
		h, err := g.Host()
		if err != nil {
			return nil, err
		}
		d.graphs, d.nodes = append(d.graphs, h), d.nodes+float64(h.Nodes)/float64(len(set.Graphs))
	}
	if d.graphs[0].X == nil && d.graphs[0].SparseX == nil {
		if d.graphs, err = modes.WithOneHotDegrees(d.graphs, 100); err != nil {
			return nil, err
		}
	} else if d.graphs[0].X != nil {
		d.attributes = d.graphs[0].X.Shape()[1]
		for _, values := range set.NodeLabels {
			d.attributes -= len(values)
		}
	}
	d.splitAt = filepath.Join(dir, "splits", letters(name))
	d.folds, d.split, err = folds(d.splitAt, set.Labels, seed)
	return d, err
}

// said tells where the folds come from.
func (d *dataset) said(seed uint64) string {
	if d.split == fixedFolds {
		return fmt.Sprintf("%s: the fixed folds of %s", d.name, d.splitAt)
	}
	return fmt.Sprintf("%s: there is no %s, so the folds are drawn by the seed %d", d.name, d.splitAt, seed)
}

// letters is name without what is no letter or digit.
func letters(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_ ", r) {
			return -1
		}
		return r
	}, name)
}

// folds is the fixed ones of a folder, or stratified ones where it is not there.
func folds(dir string, labels []int, seed uint64) (out [][]int, from split, err error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		out, err = modes.StratifiedFolds(labels, 10, seed)
		return out, drawnFolds, err
	}
	for i := range 10 {
		f, err := os.Open(filepath.Join(dir, fmt.Sprintf("test_idx-%d.txt", i+1)))
		if err != nil {
			return nil, "", err
		}
		index, err := modes.ReadIndex(f, len(labels))
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, "", fmt.Errorf("%s: %w", f.Name(), err)
		}
		out = append(out, index)
	}
	return out, fixedFolds, nil
}

// standardised is the graphs with attributes as the training part has them
// standardised.
func (d *dataset) standardised(training []int) ([]*modes.Host, error) {
	if d.attributes < 1 {
		return d.graphs, nil
	}
	columns := make([]int, d.attributes)
	for i := range columns {
		columns[i] = i
	}
	s, err := modes.FitScaler(d.graphs, training, columns)
	if err != nil {
		return nil, err
	}
	return s.Apply(d.graphs)
}

// majority is the share of the class that most graphs have.
func (d *dataset) majority() float64 {
	count := make([]int, d.classes)
	most := 0
	for _, l := range d.labels {
		count[l]++
		most = max(most, count[l])
	}
	return float64(most) / float64(len(d.labels))
}
