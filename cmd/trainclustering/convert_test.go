package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/karate"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// everyEnding has each format that is written.
func everyEnding() []string {
	return []string{".npz", ".mtx", ".graphml", ".gexf", ".gml", ".dot", ".net", ".json", ".jsonl", ".metis", ".csv", ".tsv", ".graphml.gz"}
}

// TestEveryFormatGivesTheSameGraph writes a graph in every format and reads it
// back: rows, columns and weights are the same bit for bit, and so are the
// clusters of 20 epochs of training.
func TestEveryFormatGivesTheSameGraph(t *testing.T) {
	g, err := karate.Graph()
	require.NoError(t, err)
	requireEveryFormat(t, g)
}

// TestEveryFormatGivesTheSameGraphOfData is the same for the graphs in the
// folder that GRAPHFILE_DATA names.
func TestEveryFormatGivesTheSameGraphOfData(t *testing.T) {
	dir := os.Getenv("GRAPHFILE_DATA")
	if dir == "" {
		t.Skip("GRAPHFILE_DATA does not name a folder with lesmis.npz, football.npz, dolphins.npz and polbooks.npz")
	}
	for _, name := range []string{"karate_2faction", "karate_4class", "lesmis", "football", "dolphins", "polbooks"} {
		t.Run(name, func(t *testing.T) {
			g, err := graphfile.Read(filepath.Join(dir, name+".npz"))
			require.NoError(t, err)
			requireEveryFormat(t, g)
		})
	}
}

func requireEveryFormat(t *testing.T, g *graphfile.Graph) {
	t.Helper()
	dir := t.TempDir()
	bare := *g
	bare.Features, bare.FeatureNames = nil, nil // not every format holds them
	want := ""
	require.Len(t, everyEnding(), len(graphfile.Formats())+1, "an ending for each format, and one that is packed: everyEnding lacks one")
	for _, ending := range everyEnding() {
		path := filepath.Join(dir, "g"+ending)
		_, err := graphfile.WriteFormat(path, &bare, "")
		require.NoError(t, err)
		got, err := graphfile.Read(path)
		require.NoError(t, err)
		require.Equal(t, g.Nodes, got.Nodes, ending)
		require.Equal(t, g.RowPtr, got.RowPtr, ending)
		require.Equal(t, g.Col, got.Col, ending)
		require.Equal(t, g.Weights, got.Weights, ending)
		if got.Labels != nil {
			require.Equal(t, classWords(g), classWords(got), ending)
		}
		clusters := withoutNames(t, clustersOf(t, path, filepath.Join(dir, "out"+ending)))
		if want == "" {
			want = clusters
		}
		require.Equal(t, want, clusters, ending)
	}
}

// withoutNames is a file of clusters without the names of its nodes, which
// not every format holds.
func withoutNames(t *testing.T, clusters string) string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(clusters)).ReadAll()
	require.NoError(t, err)
	require.Equal(t, "node", rows[0][0])
	var out strings.Builder
	for _, row := range rows {
		out.WriteString(strings.Join(row[1:], ",") + "\n")
	}
	return out.String()
}

// classWords are the classes in words: formats number words anew.
func classWords(g *graphfile.Graph) []string {
	var out []string
	for _, l := range g.Labels {
		word := strconv.Itoa(l)
		if l >= 0 && l < len(g.LabelNames) {
			word = g.LabelNames[l]
		}
		out = append(out, word)
	}
	return out
}

// TestConvertedFilesGiveTheSameClusters trains on a graph and on what convert
// makes of it.
func TestConvertedFilesGiveTheSameClusters(t *testing.T) {
	dir := t.TempDir()
	g, err := karate.Graph()
	require.NoError(t, err)
	first := filepath.Join(dir, "karate.npz")
	require.NoError(t, graphfile.WriteNPZ(first, g))
	want := clustersOf(t, first, filepath.Join(dir, "want"))
	for _, ending := range []string{".graphml", ".json", ".mtx", ".csv"} {
		path := filepath.Join(dir, "k"+ending)
		got := runWith(t.Context(), evenTrainer, "convert", first, path)
		require.Zero(t, got.code, got.stderr)
		assert.Equal(t, path+": 34 nodes, 78 edges\n", got.stdout)
		assert.Equal(t, want, clustersOf(t, path, filepath.Join(dir, "out"+ending)), ending)
	}
}

func clustersOf(t *testing.T, data, out string) string {
	t.Helper()
	got := runWith(t.Context(), model.NewTrainer(), "train", "--data", data, "--k", "4", "--epochs", "20", "--out", out, "--quiet")
	require.Zero(t, got.code, got.stderr)
	b, err := os.ReadFile(filepath.Join(out, "assignments.csv"))
	require.NoError(t, err)
	return string(b)
}

func TestConvertTellsWhatIsLost(t *testing.T) {
	dir := t.TempDir()
	in := writeText(t, filepath.Join(dir, "g.gml"), `graph [ node [ id 1 label "a" club "x" age 2 ] node [ id 2 label "b" club "x" ]
		node [ id 3 label "c" ] edge [ source 1 target 2 ] edge [ source 2 target 2 ] ]`)
	got := runWith(t.Context(), evenTrainer, "convert", in, filepath.Join(dir, "g.csv"))
	assert.Zero(t, got.code)
	for _, line := range []string{
		"reading: 1 self loop dropped\n", `reading: labels are the node attribute "club"` + "\n", "reading: 1 node attribute taken as features\n",
		"writing: labels left out: CSV does not hold them\n", "writing: features left out: CSV", "writing: nodes listed before the edges: 1 node without an edge\n",
	} {
		assert.Contains(t, got.stderr, line)
	}
}

func TestConvertErrors(t *testing.T) {
	dir := t.TempDir()
	in := writeText(t, filepath.Join(dir, "g.csv"), "source,target\na,b\n")
	require.NoError(t, os.Symlink(in, filepath.Join(dir, "link.csv")))
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{in}, 2, "convert has 1 argument, want two"},
		{[]string{in, in}, 2, "is the file to read, want another one to write"},
		{[]string{in, filepath.Join(dir, "link.csv")}, 2, "is the file to read, want another one to write"},
		{[]string{in, filepath.Join(dir, "g.xyz")}, 2, "no format has this ending, want one of .npz"},
		{[]string{in, filepath.Join(dir, "g.gml"), "--to", "word"}, 2, `--to = word, want npz`},
		{[]string{in, filepath.Join(dir, "no", "g.gml")}, 1, "OUT = " + filepath.Join(dir, "no", "g.gml") + ": "},
		{[]string{in, ""}, 2, `OUT = "", want two paths`},
		{[]string{in, filepath.Join(dir, "sub.gml") + "/", "--to", "gml"}, 1, "is the name of a directory, want a file"},
		{[]string{filepath.Join(dir, "none.csv"), filepath.Join(dir, "g.gml")}, 1, "none.csv: no such file or directory"},
		{[]string{in, filepath.Join(dir, "g.gml"), "--from", "gml"}, 1, "g.csv:1: "},
	} {
		got := runWith(t.Context(), evenTrainer, append([]string{"convert"}, c.args...)...)
		assert.Equal(t, c.code, got.code, c.args)
		assert.Contains(t, got.stderr, c.want)
		first, _, _ := strings.Cut(strings.TrimSuffix(got.stderr, "\n"), "\nhint: ")
		assert.NotContains(t, first, "\n")
	}
	b, err := os.ReadFile(in)
	require.NoError(t, err)
	assert.Equal(t, "source,target\na,b\n", string(b))
	assert.NoFileExists(t, filepath.Join(dir, "g.gml"))
}

func TestConvertReadsStandardInput(t *testing.T) {
	var stdout, stderr strings.Builder
	p := &program{stdin: strings.NewReader("graph [ node [ id 0 ] node [ id 1 ] edge [ source 0 target 1 ] ]"), stdout: &stdout, stderr: &stderr}
	out := filepath.Join(t.TempDir(), "g.net")
	require.Zero(t, p.run(t.Context(), []string{"trainclustering", "convert", "-", out}), stderr.String())
	g, err := graphfile.Read(out)
	require.NoError(t, err)
	assert.Equal(t, 1, g.Edges())
}
