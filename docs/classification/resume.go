package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
)

// resume is what an earlier run has written to out, or nothing. It must have
// been of the same setting, because a row is one setting's.
func resume(out string, s setting) (*results, error) {
	r := &results{Setting: s}
	data, err := os.ReadFile(out + ".json")
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, r); err != nil {
		return nil, fmt.Errorf("%s.json: %w", out, err)
	}
	if r.Setting != s {
		return nil, fmt.Errorf("%s.json: setting = %+v, want %+v: give another --out, or remove the file", out, r.Setting, s)
	}
	for _, row := range r.Rows {
		if err := row.check(); err != nil {
			return nil, fmt.Errorf("%s.json: %w", out, err)
		}
	}
	return r, nil
}

// take notes where the folds of a data set come from. They must be those of the
// rows that are there, because a row is the mean over folds of one kind.
func (r *results) take(d *dataset) error {
	if was := r.Split[d.name]; was != "" && was != d.split {
		return fmt.Errorf("folds of %s = %s, want %s, as its rows have: give another --out, or see to %s", d.name, d.split, was, d.splitAt)
	}
	if r.Split == nil {
		r.Split = map[string]split{}
	}
	r.Split[d.name] = d.split
	return nil
}

// check tells whether each fold of a row has all its figures.
func (r row) check() error {
	n := len(r.Accuracy)
	for _, m := range []int{len(r.Validation), len(r.Epochs), len(r.Seconds), len(r.CPU)} {
		if m != n {
			return fmt.Errorf("%s %s: %d accuracies and %d of another figure, want one a fold", r.Dataset, r.Model, n, m)
		}
	}
	return nil
}

// row is that of a model on a data set; it is added where it is missing.
func (r *results) row(dataset, model string) *row {
	i := slices.IndexFunc(r.Rows, func(x row) bool { return x.Dataset == dataset && x.Model == model })
	if i < 0 {
		i = len(r.Rows)
		r.Rows = append(r.Rows, row{Dataset: dataset, Model: model})
	}
	return &r.Rows[i]
}

// folds is how many folds of a model on a data set are there.
func (r *results) folds(dataset, model string) int {
	for _, x := range r.Rows {
		if x.Dataset == dataset && x.Model == model {
			return len(x.Accuracy)
		}
	}
	return 0
}
