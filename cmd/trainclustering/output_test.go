package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/assignment"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/karate"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/view"
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// readTable reads a CSV, without its lines of #.
func readTable(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	r := csv.NewReader(bufio.NewReader(f))
	r.Comment = '#'
	rows, err := r.ReadAll()
	require.NoError(t, err)
	return rows
}

func readMetrics(t *testing.T, dir string) map[string]any {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "metrics.json"))
	require.NoError(t, err)
	var m map[string]any
	require.NoError(t, json.Unmarshal(text, &m))
	return m
}

func TestOutputsReadBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	got := runWith(t.Context(), evenTrainer, "train", "--epochs", "30", "--restarts", "3", "--out", dir)
	require.Zero(t, got.code, got.stderr)
	assert.Contains(t, got.stdout, "assignments.csv, history.csv, config.yaml, model.safetensors,")
	assert.Len(t, filesUnder(t, dir), 10, "the folder and nine files")

	rows := readTable(t, filepath.Join(dir, "assignments.csv"))
	require.Len(t, rows, 35)
	assert.Equal(t, []string{"node", "cluster", "confidence"}, rows[0])
	clusters := make([]int, 34)
	for i, row := range rows[1:] {
		assert.Equal(t, []string{strconv.Itoa(i), strconv.Itoa(i % 4), "0.5"}, row)
		clusters[i] = i % 4
	}

	rows = readTable(t, filepath.Join(dir, "history.csv"))
	require.Len(t, rows, 31)
	assert.Equal(t, []string{"epoch", "modularity", "cluster", "orthogonality", "total"}, rows[0])
	assert.Equal(t, "30", rows[30][0])

	m := readMetrics(t, dir)
	for _, name := range []string{"edges", "features", "conductance", "conductance_mean", "seconds", "version"} {
		assert.NotNil(t, m[name], name)
	}
	g, err := karate.Graph()
	require.NoError(t, err)
	want, err := metrics.Evaluate(view.Metrics(g), clusters, g.Labels)
	require.NoError(t, err)
	assert.Equal(t, want.Modularity, m["modularity"])
	assert.Equal(t, want.NMI, m["nmi"])
	assert.Equal(t, want.ARI, m["ari"])
	assert.Equal(t, want.Accuracy, m["accuracy"])
	assert.Equal(t, want.PairF1, m["f1"])
	assert.EqualValues(t, 34, m["nodes"])
	assert.EqualValues(t, 78, m["edges"])
	assert.EqualValues(t, 4, m["clusters"])
	assert.EqualValues(t, 0.001, m["seconds_per_epoch"])
	total, err := strconv.ParseFloat(rows[30][4], 64)
	require.NoError(t, err)
	assert.Equal(t, total, m["loss"])
	last, err := strconv.ParseFloat(rows[30][1], 64)
	require.NoError(t, err)
	assert.Equal(t, last, m["losses"].(map[string]any)["modularity"])
	assert.Len(t, m["restart_losses"], 3)
}

func TestUndefinedFiguresAreNull(t *testing.T) {
	dir := t.TempDir()
	data := writeText(t, filepath.Join(dir, "named.csv"), "ann,bob\nann,cy\n")
	got := runWith(t.Context(), evenTrainer, "train", "--data", data, "--k", "2", "--epochs", "1", "--out", dir)
	require.Zero(t, got.code, got.stderr)
	m := readMetrics(t, dir)
	for _, name := range []string{"nmi", "ari", "accuracy", "f1", "classes"} {
		value, there := m[name]
		assert.True(t, there, name)
		assert.Nil(t, value, name)
	}
	assert.NotNil(t, m["changes"])
	assert.NotContains(t, got.stdout, "NMI")
	rows := readTable(t, filepath.Join(dir, "assignments.csv"))
	assert.Equal(t, "cy", rows[3][0])
}

func TestNamesReadBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	names := []string{"bob, jr", `"`, "é"}
	res := &outcome.Result{Cluster: []int{0, 1, 0}, Confidence: []float32{0.1, 1, 1e-9}}
	var table bytes.Buffer
	require.NoError(t, outcome.WriteAssignments(&table, res, &graphfile.Graph{Names: names}, assignment.CSV))
	writeText(t, path, table.String())
	assert.Equal(t, [][]string{
		{"node", "cluster", "confidence"}, {names[0], "0", "0.1"}, {names[1], "1", "1"}, {names[2], "0", "1e-09"},
	}, readTable(t, path))
}

func TestNamesCannotHarm(t *testing.T) {
	dir := t.TempDir()
	data := writeText(t, filepath.Join(dir, "evil.csv"), "=cmd(),\x1b[31mred\n-5,@sum\n=cmd(),-5\n")
	got := runWith(t.Context(), evenTrainer, "train", "--data", data, "--k", "2", "--epochs", "1", "--out", filepath.Join(dir, "out"))
	require.Zero(t, got.code, got.stderr)
	var names []string
	for _, row := range readTable(t, filepath.Join(dir, "out", "assignments.csv")) {
		names = append(names, row[0])
	}
	assert.Equal(t, []string{"node", "'=cmd()", "␛[31mred", "-5", "'@sum"}, names)
	picture, err := os.ReadFile(filepath.Join(dir, "out", "clusters.svg"))
	require.NoError(t, err)
	assert.NotContains(t, string(picture), "\x1b")
}

func TestEqualTrainingsWriteEqualFiles(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	for dir, threads := range map[string]string{first: "1", second: "2"} {
		got := runWith(t.Context(), evenTrainer, "train", "--quiet", "--restarts", "2", "--threads", threads, "--out", dir)
		require.Equal(t, ran{}, got)
	}
	for _, name := range []string{"assignments.csv", "history.csv", "clusters.svg", "coarse.csv", "model.safetensors"} {
		a, err := os.ReadFile(filepath.Join(first, name))
		require.NoError(t, err)
		b, err := os.ReadFile(filepath.Join(second, name))
		require.NoError(t, err)
		assert.Equal(t, string(a), string(b), name)
	}
}
