package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/karate"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// trained runs `train` for real into a folder.
func trained(t *testing.T, args ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	got := runWith(t.Context(), model.NewTrainer(), append([]string{"train", "--quiet", "--epochs", "20", "--out", dir}, args...)...)
	require.Zero(t, got.code, got.stderr)
	require.Empty(t, got.stdout)
	return dir
}

func contents(t *testing.T, dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	require.NoError(t, err)
	return string(b)
}

func validMetrics(t *testing.T, text string) {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile("../../docs/metrics.schema.json")
	require.NoError(t, err)
	instance, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	require.NoError(t, err)
	require.NoError(t, schema.Validate(instance))
}

func TestMetricsOfARunAreAsTheSchemaSays(t *testing.T) {
	for _, args := range [][]string{
		nil,
		{"--restarts", "2", "--refine", "moves", "--connected", "split"},
		{"--features-as", "raw", "--method", "mincut", "--k", "3"},
	} {
		validMetrics(t, contents(t, trained(t, args...), "metrics.json"))
	}
}

func TestTheModelPredictsTheBitsOfItsRun(t *testing.T) {
	g, err := karate.Graph()
	require.NoError(t, err)
	h, err := g.Host()
	require.NoError(t, err)
	for _, args := range [][]string{nil, {"--features-as", "raw"}, {"--dtype", "float64"}, {"--encoder", "gcn", "--neighbours", "0.5"}} {
		dir := trained(t, append(args, "--restarts", "2", "--formats", "csv,npy")...)
		m, note, err := cluster.Load(filepath.Join(dir, "model.safetensors"))
		require.NoError(t, err)
		_, shares, err := m.Predict(h)
		require.NoError(t, err)
		found, confidence := outcome.Harden(shares, g.Nodes, m.K)
		var table bytes.Buffer
		require.NoError(t, outcome.WriteAssignments(&table, &outcome.Result{Cluster: found, Confidence: confidence}, g, "csv"))
		assert.Equal(t, contents(t, dir, "assignments.csv"), table.String(), args)
		var n outcome.ModelNote
		require.NoError(t, json.Unmarshal(note, &n))
		assert.Equal(t, "dmon", n.Method)
		assert.Equal(t, 4, n.Config.K)
	}
}

func TestConfigRepeatsARun(t *testing.T) {
	dir := t.TempDir()
	data := writeText(t, filepath.Join(dir, "g.csv"), "a;b;w\nx;y;1,5\ny;z;2\nz;x;1\nz;u;0,5\nu;v;1\nv;w;1\nw;u;2\n")
	for _, args := range [][]string{
		{"--seed", "7", "--loss-weight", "cluster=0.3", "--loss-weight", "orthogonality=0.1", "--restarts", "2", "--hidden", "8,4"},
		{"--features-as", "raw", "--encoder", "gcn", "--preset", "paper", "--dropout", "0.2"},
		{"--data", data, "--columns", "a,b,w", "--header", "yes", "--decimal", "comma", "--delimiter", "semicolon", "--k", "2", "--features-from", "degree"},
	} {
		first := trained(t, args...)
		second := filepath.Join(t.TempDir(), "again")
		got := runWith(t.Context(), model.NewTrainer(), "train", "--quiet", "--config", filepath.Join(first, "config.yaml"), "--out", second)
		require.Zero(t, got.code, got.stderr)
		for _, name := range []string{"assignments.csv", "history.csv", "model.safetensors", "clusters.svg", "coarse.csv"} {
			assert.Equal(t, contents(t, first, name), contents(t, second, name), "%s of %v", name, args)
		}
	}
}

func TestFlagsComeBeforeTheConfig(t *testing.T) {
	file := writeText(t, filepath.Join(t.TempDir(), "c.yaml"), "k: 3\nepochs: 2\nquiet: true\n")
	got := runWith(t.Context(), evenTrainer, "train", "--config", file, "--k", "2", "--json")
	require.Zero(t, got.code, got.stderr)
	var m struct{ K, Epochs int }
	require.NoError(t, json.Unmarshal([]byte(got.stdout), &m))
	assert.Equal(t, 2, m.K)
	assert.Equal(t, 2, m.Epochs)

	for text, want := range map[string]string{
		"kk: 3\n":        `"kk" is not an option, did you mean k?`,
		"k: many\n":      `--k = many, want a whole number`,
		"config: a\n":    `"config" is not an option`,
		"quiet: maybe\n": `quiet = maybe, want true or false`,
	} {
		got := runWith(t.Context(), evenTrainer, "train", "--config", writeText(t, file, text))
		assert.Equal(t, 2, got.code, text)
		assert.Contains(t, got.stderr, want)
	}
	assert.Equal(t, 1, runWith(t.Context(), evenTrainer, "train", "--config", file+".none").code)
}

func TestStandardOutput(t *testing.T) {
	got := runWith(t.Context(), evenTrainer, "train", "--json")
	require.Zero(t, got.code, got.stderr)
	validMetrics(t, got.stdout)

	got = runWith(t.Context(), evenTrainer, "train", "--out", "-")
	require.Zero(t, got.code, got.stderr)
	lines := strings.Split(strings.TrimSpace(got.stdout), "\n")
	assert.Len(t, lines, 35)
	assert.Equal(t, "node,cluster,confidence", lines[0])
	assert.Contains(t, got.stderr, "modularity", "the summary")

	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--out", "-", "--json"}, "want one of them"},
		{[]string{"--out", "-", "--formats", "csv,clu"}, "--formats = csv,clu, want one of csv, tsv, json, clu and tree"},
		{[]string{"--out", "-", "--formats", "npy"}, "want one of csv"},
		{[]string{"--formats", "xls"}, "--formats = xls, want some of csv"},
	} {
		got := runWith(t.Context(), evenTrainer, append([]string{"train"}, c.args...)...)
		assert.Equal(t, 2, got.code, c.args)
		assert.Contains(t, got.stderr, c.want)
		assert.Empty(t, got.stdout)
	}
}

func TestEveryFormatIsWrittenAndStaleOnesGo(t *testing.T) {
	dir := trained(t, "--restarts", "2", "--formats", strings.Join(options.FormatNames(), ","))
	for _, f := range options.Formats() {
		for _, name := range f.Files {
			assert.FileExists(t, filepath.Join(dir, name))
		}
	}
	for _, name := range []string{"clusters.gexf", "clusters.graphml"} {
		g, err := graphfile.Read(filepath.Join(dir, name))
		require.NoError(t, err)
		assert.Equal(t, 34, g.Nodes)
		assert.Equal(t, 78, g.Edges())
	}
	assert.True(t, strings.HasPrefix(contents(t, dir, "assignments.clu"), "# trainclustering "))
	assert.True(t, strings.HasPrefix(contents(t, dir, "clusters.png"), "\x89PNG"))
	assert.True(t, strings.HasPrefix(contents(t, dir, "coarse.csv"), "source,target,weight\n0,0,"))

	got := runWith(t.Context(), evenTrainer, "train", "--quiet", "--out", dir)
	require.Zero(t, got.code, got.stderr)
	assert.Len(t, filesUnder(t, dir), 10, "the folder, eight files and the manifest")
}

// TestNetworkXReadsTheGraphs reads both files where Python has networkx.
func TestNetworkXReadsTheGraphs(t *testing.T) {
	if exec.Command("python3", "-c", "import networkx").Run() != nil {
		t.Skip("no python3 with networkx")
	}
	dir := t.TempDir()
	data := writeText(t, filepath.Join(dir, "g.csv"), "<a&b>,\"c\"\"d\",2\n<a&b>,\x1be,1\n\x1be,f,3\n")
	out := trained(t, "--data", data, "--k", "2", "--formats", "gexf,graphml")
	script := `
import networkx as nx, sys
a, b = nx.read_gexf(sys.argv[1] + "/clusters.gexf"), nx.read_graphml(sys.argv[1] + "/clusters.graphml")
for g in (a, b):
    assert len(g) == 4 and g.number_of_edges() == 3, g
    assert sorted(w for _, _, w in g.edges(data="weight")) == [1, 2, 3]
    assert sorted(d["label"] for _, d in g.nodes(data=True)) == ['<a&b>', 'c"d', 'f', '␛e'], g.nodes(data=True)
    assert all(isinstance(d["modularity_class"], int) for _, d in g.nodes(data=True))
assert all("position" in d["viz"] and "size" in d["viz"] for _, d in a.nodes(data=True))
assert all(isinstance(d["x"], float) and d["size"] > 0 for _, d in b.nodes(data=True))
`
	report, err := exec.Command("python3", "-c", script, out).CombinedOutput()
	require.NoError(t, err, string(report))
}

func TestShellLine(t *testing.T) {
	assert.Equal(t, `trainclustering train --data 'a b'\''s.csv' --k 4 ''`, shellLine([]string{"/x/tc", "train", "--data", "a b's.csv", "--k", "4", ""}))
}
