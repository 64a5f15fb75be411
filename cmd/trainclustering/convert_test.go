package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/karate"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// everyEnding has each format that is written.
func everyEnding() []string {
	return []string{".npz", ".mtx", ".graphml", ".gexf", ".gml", ".dot", ".net", ".json", ".jsonl", ".metis", ".csv", ".tsv", ".graphml.gz"}
}

// TestEveryFormatGivesTheSameGraph writes a graph in every format and reads it
// back: rows, columns and weights are the same bit for bit, and so are the
// clusters, which depend on nothing else.
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
	for _, ending := range everyEnding() {
		path := filepath.Join(t.TempDir(), "g"+ending)
		_, err := graphfile.WriteFormat(path, g, "")
		require.NoError(t, err)
		got, err := graphfile.Read(path)
		require.NoError(t, err)
		require.Equal(t, g.Nodes, got.Nodes, ending)
		if slices.Contains([]string{".csv", ".tsv", ".jsonl"}, ending) && got.Names != nil {
			got = inOrderOf(t, g, got)
		}
		require.Equal(t, g.RowPtr, got.RowPtr, ending)
		require.Equal(t, g.Col, got.Col, ending)
		require.Equal(t, g.Weights, got.Weights, ending)
		if got.Labels != nil {
			require.Equal(t, g.Labels, got.Labels, ending)
		}
	}
}

// inOrderOf is got with its nodes in the order that g names them: lists of edges
// number words in the order in which they appear.
func inOrderOf(t *testing.T, g, got *graphfile.Graph) *graphfile.Graph {
	t.Helper()
	to := make(map[string]int32)
	for i, name := range g.Names {
		to[name] = int32(i)
	}
	rows, weights := make([][]int32, g.Nodes), make([]map[int32]float32, g.Nodes)
	for i, name := range got.Names {
		at, known := to[name]
		require.True(t, known, name)
		weights[at] = make(map[int32]float32)
		for p := got.RowPtr[i]; p < got.RowPtr[i+1]; p++ {
			j := to[got.Names[got.Col[p]]]
			rows[at] = append(rows[at], j)
			if got.Weights != nil {
				weights[at][j] = got.Weights[p]
			}
		}
	}
	out := &graphfile.Graph{Nodes: got.Nodes, RowPtr: []int32{0}}
	for i, row := range rows {
		slices.Sort(row)
		out.Col = append(out.Col, row...)
		out.RowPtr = append(out.RowPtr, int32(len(out.Col)))
		for _, j := range row {
			if got.Weights != nil {
				out.Weights = append(out.Weights, weights[i][j])
			}
		}
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
		"writing: labels left out", "writing: features left out", "writing: 1 isolated node left out",
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
		{[]string{in, filepath.Join(dir, "g.gml"), "--to", "word"}, 2, `format = "word", want npz`},
		{[]string{in, filepath.Join(dir, "no", "g.gml")}, 1, "no such file or directory"},
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
