package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/karate"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// numbers is the clusters of a table, by node.
func numbers(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, row := range readTable(t, filepath.Join(dir, options.AssignmentsFile))[1:] {
		out[row[0]] = row[1]
	}
	return out
}

// renamed writes a table of the clusters under other numbers, and without some
// nodes.
func renamed(t *testing.T, path string, of map[string]string, to map[string]string, without ...string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("node,cluster\n")
	for node, c := range of {
		if !strings.Contains(" "+strings.Join(without, " ")+" ", " "+node+" ") {
			fmt.Fprintf(&b, "%s,%s\n", node, to[c])
		}
	}
	return writeText(t, path, b.String())
}

func TestAlignedClustersKeepTheirNumbers(t *testing.T) {
	dir := t.TempDir()
	plain, out := filepath.Join(dir, "plain"), filepath.Join(dir, "out")
	train := func(args ...string) ran {
		return runWith(t.Context(), model.NewTrainer(), append([]string{"train", "--epochs", "30", "--k", "3", "--out", out}, args...)...)
	}
	require.Zero(t, runWith(t.Context(), model.NewTrainer(), "train", "--quiet", "--epochs", "30", "--k", "3", "--formats", "csv,clu", "--out", plain).code)
	own := numbers(t, plain)

	to := map[string]string{"0": "7", "1": "0", "2": "4"}
	old := renamed(t, filepath.Join(dir, "old.csv"), own, to, "3", "4")
	got := train("--align", old, "--formats", "csv,npy")
	require.Zero(t, got.code, got.stderr)
	assert.Contains(t, got.stdout, "32 of 32 nodes have the cluster that they have in old.csv")
	assert.Contains(t, strings.Join(strings.Fields(got.stdout), " "), "2 of 34 nodes without a cluster")
	for node, c := range numbers(t, out) {
		assert.Equal(t, to[own[node]], c, node)
	}
	m := readMetrics(t, out)
	a := m["alignment"].(map[string]any)
	assert.Equal(t, []any{7., 0., 4.}, a["numbers"])
	assert.Equal(t, []any{32., 32., 3., 0.}, []any{a["nodes"], a["agree"], a["matched"], a["new"]})

	// The model gives the same numbers.
	predicted := filepath.Join(dir, options.AssignmentsFile)
	require.Zero(t, runWith(t.Context(), nil, "predict", "--model", filepath.Join(out, options.ModelFile),
		"--data", karateFile(t, dir), "--out", predicted).code)
	assert.Equal(t, numbers(t, out), numbers(t, dir))

	// The configuration repeats it, and Infomap's numbers are those that we write.
	want := numbers(t, out)
	require.Zero(t, runWith(t.Context(), model.NewTrainer(), "train", "--quiet", "--config", filepath.Join(out, options.ConfigFile), "--out", out).code)
	assert.Equal(t, want, numbers(t, out))
	require.Zero(t, train("--quiet", "--align", filepath.Join(plain, "assignments.clu"), "--seed", "3").code)
	agree := 0
	for node, c := range numbers(t, out) {
		if own[node] == c {
			agree++
		}
	}
	assert.Greater(t, agree, 25)
}

// karateFile is the karate club, as the command trains it, in a file.
func karateFile(t *testing.T, dir string) string {
	t.Helper()
	g, err := karate.Graph()
	require.NoError(t, err)
	path := filepath.Join(dir, "karate.npz")
	require.NoError(t, graphfile.WriteNPZ(path, g))
	return path
}

func TestAlignCountsNewClusters(t *testing.T) {
	dir := t.TempDir()
	var b strings.Builder
	for i := range 34 {
		fmt.Fprintf(&b, "%d\t%d\n", i, i%2)
	}
	b.WriteString("99\t5\n") // a node that is gone, in a cluster of its own
	old := writeText(t, filepath.Join(dir, "leiden.tsv"), b.String())
	out := filepath.Join(dir, "out")
	got := runWith(t.Context(), evenTrainer, "train", "--k", "4", "--epochs", "1", "--align", old, "--out", out)
	require.Zero(t, got.code, got.stderr)
	assert.Contains(t, strings.Join(strings.Fields(got.stdout), " "), "18 of 34 nodes have the cluster that they have in leiden.tsv; 2 clusters new")
	assert.Contains(t, strings.Join(strings.Fields(got.stdout), " "), "1 of its 35 nodes are not in the graph of 34 nodes, such as \"99\"; they are left out")
	rows := numbers(t, out)
	assert.Equal(t, []string{"0", "1", "6", "7"}, []string{rows["0"], rows["1"], rows["2"], rows["3"]}, "new ones above all of the file")
}

func TestAlignRefuses(t *testing.T) {
	dir := t.TempDir()
	for text, want := range map[string]string{
		"":                             "empty file, want a cluster a node",
		"node,cluster\n":               "has a header alone",
		"node,cluster\n77,1\n78,2\n":   "2 of its 2 nodes are not in the graph of 34 nodes",
		"node,cluster\n1,-1\n":         "has a cluster of none of the graph's nodes",
		"node,cluster\n1,2000000000\n": "has a cluster 2000000000, want numbers up to 1048575",
		"node,cluster\n1,1\n1,2\n":     "a second time",
		"0\n1\n2\n":                    "has 3 clusters, want one a node (34)",
	} {
		got := runWith(t.Context(), evenTrainer, "train", "--align", writeText(t, filepath.Join(dir, "old.csv"), text))
		assert.Equal(t, 1, got.code, text)
		assert.Contains(t, got.stderr, want)
		assert.Contains(t, got.stderr, "--align")
		assert.LessOrEqual(t, strings.Count(got.stderr, "\n"), 1)
	}
}
