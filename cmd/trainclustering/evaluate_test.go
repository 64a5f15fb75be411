package main

import (
	"encoding/json"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// twoTriangles is the graph of six nodes whose modularity is 5/14 when split
// at the one edge between the triangles, and its classes.
const twoTriangles = "source,target\na,b\nb,c\na,c\nc,d\nd,e\ne,f\nd,f\n"

func evaluated(t *testing.T, args ...string) evaluation {
	t.Helper()
	got := runWith(t.Context(), nil, append([]string{"evaluate", "--json"}, args...)...)
	require.Zero(t, got.code, got.stderr)
	assert.Empty(t, got.stderr)
	var e evaluation
	require.NoError(t, json.Unmarshal([]byte(got.stdout), &e))
	return e
}

func TestEvaluateReadsWhatOthersWrite(t *testing.T) {
	dir := t.TempDir()
	data := writeText(t, filepath.Join(dir, "g.csv"), twoTriangles)
	for name, content := range map[string]string{
		"ours.csv":   "node,cluster,confidence\na,0,1\nb,0,1\nc,0,.9\nd,1,1\ne,1,1\nf,1,1\n",
		"leiden.tsv": "f\t7\ne\t7\nd\t7\nc\t3\nb\t3\na\t3\n",
		"x.clu":      "# v2.8.0\n# node_id module flow\n1 1 0.1\n2 1 0.1\n3 1 0.2\n4 2 0.2\n5 2 0.1\n6 2 0.1\n",
		"x.tree": "# v2.8.0\n# path flow name node_id\n1:1 0.2 \"c\" 3\n1:2 0.1 \"a\" 1\n1:3 0.1 \"b\" 2\n" +
			"2:1 0.2 \"d\" 4\n2:2 0.1 \"e\" 5\n2:3 0.1 \"f\" 6\n",
		"list.txt": "0\n0\n0\n1\n1\n1\n",
		"x.json":   `{"a": "left", "b": "left", "c": "left", "d": "right", "e": "right", "f": "right"}`,
	} {
		e := evaluated(t, writeText(t, filepath.Join(dir, name), content), "--data", data)
		assert.Equal(t, 6, e.Nodes, name)
		assert.Equal(t, 2, e.Measured.Clusters, name)
		assert.InDelta(t, 5.0/14, float64(e.Measured.Modularity), 1e-15, name)
		assert.InDelta(t, 6.0/7, float64(e.Measured.Coverage), 1e-15, name)
		assert.InDelta(t, 1.0/7, float64(e.Measured.ConductanceMean), 1e-15, name)
		assert.True(t, math.IsNaN(float64(e.Measured.NMI)), "%s: null without labels", name)
		assert.Nil(t, e.Against)
	}
}

func TestEvaluateLabelsAndPieces(t *testing.T) {
	dir := t.TempDir()
	data := writeText(t, filepath.Join(dir, "g.csv"), twoTriangles)
	labels := writeText(t, filepath.Join(dir, "labels.csv"), "node,class\na,x\nb,x\nc,x\nd,y\ne,y\nf,y\n")
	clusters := writeText(t, filepath.Join(dir, "c.csv"), "node,cluster\na,0\nb,0\ne,0\nc,1\nd,1\n")
	e := evaluated(t, clusters, "--data", data, "--labels", labels, "--against", clusters)
	assert.Equal(t, 1, e.Unassigned)
	assert.Equal(t, 1, e.Measured.DisconnectedClusters)
	assert.InDelta(t, 1, float64(e.Against.Agreement.NMI), 1e-15)
	assert.Equal(t, 5, e.Against.Agreement.Nodes)
	// Of 10 pairs share both 2, a cluster 4, a class 4: (1 − 1.6) / (4 − 1.6).
	assert.InDelta(t, (1-1.6)/(4-1.6), float64(e.Measured.ARI), 1e-12)

	got := runWith(t.Context(), nil, "evaluate", clusters, "--data", data, "--labels", labels, "--against", clusters)
	require.Zero(t, got.code, got.stderr)
	assert.LessOrEqual(t, longest(got.stdout), 80)
	for _, want := range []string{"c.csv on g.csv", "6 nodes, 7 edges, 2 classes", "1 of them fall into pieces", "conductance mean", "by labels", "both have 5 of 6 nodes"} {
		assert.Contains(t, strings.Join(strings.Fields(got.stdout), " "), want)
	}
}

func TestEvaluateTwoFilesWithoutAGraph(t *testing.T) {
	dir := t.TempDir()
	a := writeText(t, filepath.Join(dir, "a.csv"), "node,cluster\na,0\nb,0\nc,1\nd,1\n")
	b := writeText(t, filepath.Join(dir, "b.tsv"), "d\t5\nc\t5\nb\t6\na\t6\n")
	e := evaluated(t, a, "--against", b)
	assert.Nil(t, e.Graph)
	assert.Nil(t, e.Measured)
	assert.InDelta(t, 1, float64(e.Against.Agreement.ARI), 1e-15)
}

func TestEvaluateBadInput(t *testing.T) {
	t.Chdir(t.TempDir())
	writeText(t, "g.csv", twoTriangles)
	writeText(t, "c.csv", "node,cluster\na,0\nz,1\n")
	for _, c := range []badInput{
		{"", "", 2, "evaluate has 0 arguments, want one: the file of assignments", "as in trainclustering evaluate clusters.tree --data edges.csv"},
		{"", "c.csv", 2, "--data or --against is needed: a graph, or other clusters", "as in trainclustering evaluate c.csv --data edges.csv"},
		{"", "c.csv --labels c.csv", 2, "--labels = c.csv, want --data beside it, the graph that is read with it", ""},
		{"", "--level 0 c.csv", 2, "--level = 0, want -1 or a whole number from 1 to 1000", ""},
		{"", "none.csv --data g.csv", 1, "none.csv: no such file or directory", ""},
		{"", "c.csv --data g.csv", 1, `c.csv:3: 1 of its 2 nodes are not in the graph of 6 nodes, such as "z"`, ""},
		{"", "c.csv --data none.csv", 1, "none.csv: no such file or directory", ""},
	} {
		got := runWith(t.Context(), nil, append([]string{"evaluate"}, strings.Fields(c.args)...)...)
		assert.Equal(t, c.code, got.code, c.args)
		assert.Empty(t, got.stdout)
		checkLines(t, c, got.stderr)
	}
}
