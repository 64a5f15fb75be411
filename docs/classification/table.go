package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"time"
)

// results is what is written.
type results struct {
	Began   string           `json:"began"` // when the first fold was there
	Ended   string           `json:"ended"` // when the last fold was
	Commit  string           `json:"commit"`
	Host    string           `json:"host"`
	Setting setting          `json:"setting"`
	Split   map[string]split `json:"folds"` // of each data set
	Rows    []row            `json:"rows"`
}

// here notes where and when the latest fold was trained.
func (r *results) here() {
	r.Host, r.Commit = host(), commit()
	r.Ended = now()
	r.Began = cmp.Or(r.Began, r.Ended)
}

func now() string { return time.Now().UTC().Format(time.RFC3339) }

// row is a model on a data set.
type row struct {
	Dataset    string    `json:"dataset"`
	Model      string    `json:"model"`
	Accuracy   []float64 `json:"accuracy"`   // of each fold, of the test part
	Validation []float64 `json:"validation"` // of the validation part
	Epochs     []int     `json:"epochs"`
	Seconds    []float64 `json:"seconds_an_epoch"`
	CPU        []float64 `json:"cpu_seconds_an_epoch"` // 0: not known
	Padding    float64   `json:"padding"`
	Majority   float64   `json:"majority"`
	Peak       int64     `json:"peak_bytes"` // of the process; 0: not known
}

func (r *row) add(t tested) {
	r.Accuracy, r.Validation = append(r.Accuracy, t.accuracy), append(r.Validation, t.validation)
	r.Epochs, r.Seconds = append(r.Epochs, t.epochs), append(r.Seconds, t.seconds)
	r.CPU, r.Peak = append(r.CPU, t.cpu), max(r.Peak, peak())
	r.Padding = max(r.Padding, t.padding)
}

// meanSD is the mean and the standard deviation (of n).
func meanSD(x []float64) (mean, sd float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		sd += (v - mean) * (v - mean) / float64(len(x))
	}
	return mean, math.Sqrt(sd)
}

func (r row) line() string {
	mean, sd := meanSD(r.Accuracy)
	validation, _ := meanSD(r.Validation)
	seconds, _ := meanSD(r.Seconds)
	used, _ := meanSD(r.CPU)
	epochs, _ := meanSD(floats(r.Epochs))
	memory := "–"
	if r.Peak > 0 {
		memory = fmt.Sprintf("%.0f MB", float64(r.Peak)/1e6)
	}
	return fmt.Sprintf("| %s | %s | %d | %.1f ± %.1f | %.1f | %s | %s | %.1f | %.0f | %.3f | %.3f | %s | %.1f %% |", r.Dataset, r.Model, len(r.Accuracy),
		100*mean, 100*sd, 100*validation, r.wanted(), published(r.Dataset, r.Model), 100*r.Majority, epochs, seconds, used, memory, 100*r.Padding)
}

func floats(x []int) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = float64(v)
	}
	return out
}

const tableHead = `# Graph classification

<!-- Written by go run ./docs/classification. -->

Accuracy is in per cent: the mean ± the standard deviation over the folds that are done, of ten. The weights of each fold are those with the lowest cross entropy on the validation part, a tenth of the graphs outside the test part. Target is the accuracy that this project set as its goal, with the distance of the mean from it in brackets; a row with fewer than ten folds does not decide it. Majority is the share of the largest class. A published figure has the number of its source below; it comes from other models, splits and searches, so it is only a rough comparison. Seconds are per epoch of training and validation: wall clock time, which other programs on the machine increase, and CPU time.

%s, commit %s, %s to %s. Setting: %s.%s

| Data set | Pooling | Folds | Test | Validation | Target | Published | Majority | Epochs | Seconds | CPU seconds | Peak memory | Padding |
|---|---|---|---|---|---|---|---|---|---|---|---|---|
`

func (r *results) write(out string) error {
	r.sort()
	data, err := json.MarshalIndent(r, "", "\t")
	if err != nil {
		return err
	}
	if err := replace(out+".json", append(data, '\n')); err != nil {
		return err
	}
	set, err := json.Marshal(r.Setting)
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, tableHead, r.Host, r.Commit, r.Began, r.Ended, "`"+string(set)+"`", r.splits())
	for _, row := range r.Rows {
		b.WriteString(row.line() + "\n")
	}
	b.WriteString(r.missing() + "\n" + sources)
	return replace(out+".md", []byte(b.String()))
}

// splits tells which data sets have which folds.
func (r *results) splits() string {
	var b strings.Builder
	for _, kind := range []split{fixedFolds, drawnFolds} {
		var names []string
		for _, name := range slices.Sorted(maps.Keys(r.Split)) {
			if r.Split[name] == kind {
				names = append(names, name)
			}
		}
		if len(names) > 0 {
			fmt.Fprintf(&b, " Folds that are %s: %s.", kind, strings.Join(names, ", "))
		}
	}
	return b.String()
}

// replace writes a file whole or not at all, so that a stop in between loses
// nothing.
func replace(name string, data []byte) error {
	if err := os.WriteFile(name+".part", data, 0o644); err != nil {
		return err
	}
	return os.Rename(name+".part", name)
}

// sort orders the rows as the names are.
func (r *results) sort() {
	slices.SortStableFunc(r.Rows, func(a, b row) int {
		return cmp.Or(
			cmp.Compare(slices.Index(datasetNames(), a.Dataset), slices.Index(datasetNames(), b.Dataset)),
			cmp.Compare(slices.Index(modelNames(), a.Model), slices.Index(modelNames(), b.Model)),
		)
	})
}

// missing names the models of each data set that have fewer than ten folds.
func (r *results) missing() string {
	var b strings.Builder
	for _, d := range datasetNames() {
		var names []string
		for _, m := range modelNames() {
			if n := r.folds(d, m); n < 10 {
				names = append(names, fmt.Sprintf("%s (%d)", m, n))
			}
		}
		if len(names) > 0 {
			fmt.Fprintf(&b, "- %s: %s\n", d, strings.Join(names, ", "))
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "\nFewer than ten folds, with how many there are:\n\n" + b.String()
}
