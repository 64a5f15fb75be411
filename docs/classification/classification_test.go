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

// write makes a folder with the data set RINGS in it: rings are class 1, paths
// class −1; each node has an attribute and a label.
func write(t *testing.T, graphs int) string {
	t.Helper()
	dir := t.TempDir()
	var a, of, classes, labels, attributes strings.Builder
	first := 1
	for g := range graphs {
		n, ring := 4+g%7, g%2
		for i := range n {
			if j := (i + 1) % n; j > 0 || ring == 1 {
				fmt.Fprintf(&a, "%d, %d\n%d, %d\n", first+i, first+j, first+j, first+i)
			}
			fmt.Fprintf(&of, "%d\n", g+1)
			fmt.Fprintf(&labels, "%d\n", i%3)
			fmt.Fprintf(&attributes, "%d\n", 100+n)
		}
		fmt.Fprintf(&classes, "%d\n", 2*ring-1)
		first += n
	}
	set := filepath.Join(dir, "tu", "RINGS")
	require.NoError(t, os.MkdirAll(set, 0o755))
	for kind, text := range map[string]string{
		"A": a.String(), "graph_indicator": of.String(), "graph_labels": classes.String(),
		"node_labels": labels.String(), "node_attributes": attributes.String(),
	} {
		require.NoError(t, os.WriteFile(filepath.Join(set, "RINGS_"+kind+".txt"), []byte(text), 0o644))
	}
	return dir
}

func TestEveryModelIsWritten(t *testing.T) {
	dir := write(t, 60)
	out := filepath.Join(t.TempDir(), "results")
	c, err := parse([]string{"--data", dir, "--datasets", "RINGS", "--folds", "1", "--epochs", "2", "--units", "8", "--out", out})
	require.NoError(t, err)
	require.NoError(t, run(c))
	data, err := os.ReadFile(out + ".json")
	require.NoError(t, err)
	var r results
	require.NoError(t, json.Unmarshal(data, &r))
	require.Len(t, r.Rows, len(modelNames()))
	for i, row := range r.Rows {
		assert.Equal(t, modelNames()[i], row.Model)
		assert.Len(t, row.Accuracy, 1)
		assert.Equal(t, .5, row.Majority)
		assert.Equal(t, []int{2}, row.Epochs)
	}
	text, err := os.ReadFile(out + ".md")
	require.NoError(t, err)
	assert.Contains(t, string(text), "| RINGS | SAG | ")
}

// Attributes are standardised by the training part, labels stay as they are.
func TestAttributesAreStandardised(t *testing.T) {
	d, err := read(write(t, 60), "RINGS", 0)
	require.NoError(t, err)
	assert.Equal(t, 1, d.attributes)
	assert.Equal(t, 2, d.classes)
	assert.Len(t, d.folds, 10)
	graphs, err := d.standardised([]int{0, 1})
	require.NoError(t, err)
	x := graphs[0].X.Data().([]float32)
	assert.InDelta(t, -1.118, x[0], 1e-3, "sizes 4 and 5, by nodes: mean 4.556, standard deviation 0.497")
	assert.Equal(t, []float32{1, 0, 0}, x[1:4])
}

func TestFlags(t *testing.T) {
	t.Setenv("GRAPHPOOL_DATA", "")
	for want, args := range map[string][]string{
		"--data is not set, want the folder of the data sets": {},
		"--folds 11, want 1 to 10":                            {"--data", "x", "--folds", "11"},
		`--models: "Top", want some of none, random`:          {"--data", "x", "--models", "Top"},
	} {
		_, err := parse(args)
		assert.ErrorContains(t, err, want)
	}
}
