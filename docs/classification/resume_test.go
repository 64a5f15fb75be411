package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func readResults(t *testing.T, out string) (r results) {
	t.Helper()
	data, err := os.ReadFile(out + ".json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &r))
	return r
}

func ringsRun(t *testing.T, dir, out, models, folds string) {
	t.Helper()
	c, err := parse([]string{"--data", dir, "--datasets", "RINGS", "--models", models, "--folds", folds, "--epochs", "2", "--units", "8", "--out", out})
	require.NoError(t, err)
	require.NoError(t, run(c))
}

// What is there is not trained again: a mark that an earlier run is given
// survives, and the folds that are added are those of one run.
func TestARunGoesOn(t *testing.T) {
	dir, out := write(t, 60), filepath.Join(t.TempDir(), "results")
	whole := filepath.Join(t.TempDir(), "whole")
	ringsRun(t, dir, whole, "none,TopK", "3")
	ringsRun(t, dir, out, "TopK", "1")

	first := readResults(t, out)
	const mark = 12345
	first.Rows[0].Seconds[0] = mark
	data, err := json.Marshal(first)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(out+".json", data, 0o644))
	ringsRun(t, dir, out, "none,TopK", "3")

	got, want := readResults(t, out), readResults(t, whole)
	require.Len(t, got.Rows, 2)
	assert.Equal(t, first.Began, got.Began)
	for i, row := range got.Rows {
		assert.Equal(t, want.Rows[i].Model, row.Model, "in the order of the table")
		assert.Equal(t, want.Rows[i].Accuracy, row.Accuracy)
		assert.Equal(t, want.Rows[i].Validation, row.Validation)
	}
	assert.Equal(t, float64(mark), got.Rows[1].Seconds[0])

	before := got.Rows
	ringsRun(t, dir, out, "none,TopK", "3")
	assert.Equal(t, before, readResults(t, out).Rows, "a run with nothing to do")
	leftovers, err := filepath.Glob(out + "*.part")
	require.NoError(t, err)
	assert.Empty(t, leftovers)
}

func TestOtherSettingsAreNotMixed(t *testing.T) {
	dir, out := write(t, 60), filepath.Join(t.TempDir(), "results")
	ringsRun(t, dir, out, "none", "1")
	c, err := parse([]string{"--data", dir, "--datasets", "RINGS", "--epochs", "3", "--units", "8", "--out", out})
	require.NoError(t, err)
	assert.ErrorContains(t, run(c), "want {Epochs:3 Patience:40")
}

// fix writes the fixed folds of the data set RINGS: fold i has the graphs i,
// 10+i, and so on.
func fix(t *testing.T, dir string, graphs int) {
	t.Helper()
	folder := filepath.Join(dir, "splits", "RINGS")
	require.NoError(t, os.MkdirAll(folder, 0o755))
	for i := range 10 {
		var text strings.Builder
		for g := i; g < graphs; g += 10 {
			fmt.Fprintln(&text, g)
		}
		require.NoError(t, os.WriteFile(filepath.Join(folder, fmt.Sprintf("test_idx-%d.txt", i+1)), []byte(text.String()), 0o644))
	}
}

// The results say which folds a data set has, and rows never mix the two kinds.
func TestFoldsAreTold(t *testing.T) {
	dir, out := write(t, 60), filepath.Join(t.TempDir(), "results")
	ringsRun(t, dir, out, "none", "1")
	page, err := os.ReadFile(out + ".md")
	require.NoError(t, err)
	assert.Contains(t, string(page), "Folds that are drawn by the seed: RINGS.")
	assert.Equal(t, map[string]split{"RINGS": drawnFolds}, readResults(t, out).Split)
	d, err := read(dir, "RINGS", 7)
	require.NoError(t, err)
	assert.Equal(t, "RINGS: there is no "+filepath.Join(dir, "splits", "RINGS")+", so the folds are drawn by the seed 7", d.said(7))

	fix(t, dir, 60)
	d, err = read(dir, "RINGS", 0)
	require.NoError(t, err)
	assert.Equal(t, []int{3, 13, 23, 33, 43, 53}, d.folds[3])
	assert.Equal(t, "RINGS: the fixed folds of "+filepath.Join(dir, "splits", "RINGS"), d.said(0))
	c, err := parse([]string{"--data", dir, "--datasets", "RINGS", "--models", "none", "--folds", "2", "--epochs", "2", "--units", "8", "--out", out})
	require.NoError(t, err)
	assert.ErrorContains(t, run(c), "results.json: folds of RINGS = fixed, want drawn by the seed, as its rows have: give another --out")
	assert.Len(t, readResults(t, out).Rows[0].Accuracy, 1)
}

func TestBrokenResultsAreRefused(t *testing.T) {
	out := filepath.Join(t.TempDir(), "results")
	s := setting{Epochs: 1}
	for want, text := range map[string]string{
		"unexpected end": `{"rows": [`,
		"RINGS none: 1 accuracies and 0 of another figure": `{"setting": {"epochs": 1}, "rows": [{"dataset": "RINGS", "model": "none", "accuracy": [1]}]}`,
	} {
		require.NoError(t, os.WriteFile(out+".json", []byte(text), 0o644))
		_, err := resume(out, s)
		assert.ErrorContains(t, err, want)
	}
}

func TestMissingAndWanted(t *testing.T) {
	r := results{Rows: []row{{Dataset: "MUTAG", Model: "none", Accuracy: make([]float64, 10)}}}
	assert.Contains(t, r.missing(), "- MUTAG: random (0), TopK (0)")
	assert.NotContains(t, r.missing(), "MUTAG: none")
	assert.Equal(t, "71 (+1.5)", row{Dataset: "PROTEINS", Model: "TopK", Accuracy: []float64{.7, .75}}.wanted())
	assert.Equal(t, "any 84 (-4.0)", row{Dataset: "MUTAG", Model: "SAG", Accuracy: []float64{.8}}.wanted())
	assert.Equal(t, "–", row{Dataset: "DD", Model: "none", Accuracy: []float64{.8}}.wanted())
}
