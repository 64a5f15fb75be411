package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/view"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// savedModel trains on a graph as `train --epochs 30` does and saves the model.
func savedModel(t *testing.T, data string, k int, withNote bool) string {
	t.Helper()
	g, err := graphfile.Read(data)
	require.NoError(t, err)
	cfg := model.Default()
	cfg.K, cfg.Epochs = k, 30
	fit, err := model.NewTrainer()(t.Context(), model.Job{
		Graph: g, Config: cfg, OnEpoch: func(int, model.EpochResult, model.Saver) error { return nil },
	})
	require.NoError(t, err)
	clusters, _ := outcome.Harden(fit.Shares, g.Nodes, k)
	m := fit.Task.Model(&cluster.Trained{Shares: fit.Shares, Clusters: clusters, Store: fit.Store, Layers: fit.Layers})
	var note json.RawMessage
	if withNote {
		cfg.Refine = "moves"
		note, err = json.Marshal(map[string]any{"program": "trainclustering", "config": cfg})
		require.NoError(t, err)
	}
	path := filepath.Join(t.TempDir(), "model.safetensors")
	require.NoError(t, m.Save(path, note))
	return path
}

// generated writes a graph of 120 nodes in 3 clusters.
func generated(t *testing.T, more ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "g.npz")
	args := append([]string{"generate", "sbm", "--nodes", "120", "--clusters", "3", "--avg-degree", "10", "--feature-dim", "8", "--out", path}, more...)
	got := runWith(t.Context(), nil, args...)
	require.Zero(t, got.code, got.stderr)
	return path
}

func TestPredictGivesTheBitsOfTheTraining(t *testing.T) {
	data, dir := generated(t), t.TempDir()
	for _, refine := range []string{"none", "moves", "multilevel"} {
		got := runWith(t.Context(), model.NewTrainer(), "train", "--quiet", "--data", data, "--k", "3", "--epochs", "30",
			"--refine", refine, "--out", filepath.Join(dir, "out"))
		require.Equal(t, ran{}, got)
		want, err := os.ReadFile(filepath.Join(dir, "out", "assignments.csv"))
		require.NoError(t, err)
		got = runWith(t.Context(), nil, "predict", "--model", savedModel(t, data, 3, false), "--data", data, "--refine", refine)
		assert.Equal(t, ran{0, string(want), "columns of features matched by position: the model's file has no names of them\n"}, got, refine)
	}
}

func TestPredictRefinesAsTheModelWas(t *testing.T) {
	data := generated(t)
	path := savedModel(t, data, 3, true)
	asTrained := runWith(t.Context(), nil, "predict", "--model", path, "--data", data)
	require.Zero(t, asTrained.code, asTrained.stderr)
	again := runWith(t.Context(), nil, "predict", "--model", path, "--data", data, "--refine", "moves")
	assert.Equal(t, asTrained, again)
	for text, want := range map[string]trainedNote{
		``: {}, `[]`: {}, `{"refine":"moves","seed":3}`: {Refine: "moves", Seed: 3},
		`{"seed":1,"config":{"Refine":"multilevel","Connected":"split","Seed":9}}`: {Refine: "multilevel", Connected: "split", Seed: 9},
		`{"cluster_numbers":[2,0],"config":{"MinSize":4}}`:                         {MinSize: 4, Numbers: []int{2, 0}},
		`{"cluster_numbers":[2,-1]}`:                                               {},
	} {
		assert.Equal(t, want, readNote(json.RawMessage(text)), text)
	}
}

func TestPredictOnAnotherGraph(t *testing.T) {
	data := generated(t)
	path := savedModel(t, data, 3, true)
	more := generated(t, "--nodes", "300")
	out := filepath.Join(t.TempDir(), "more.csv")
	got := runWith(t.Context(), nil, "predict", "--model", path, "--data", more, "--out", out)
	require.Zero(t, got.code, got.stderr)
	assert.Contains(t, strings.Join(strings.Fields(got.stdout), " "), out+": 300 nodes in 3 of 3 clusters, refined by moves, modularity ")
	rows := readTable(t, out)
	require.Len(t, rows, 301)
	assert.Len(t, mustReadDir(t, filepath.Dir(out)), 1, "the file alone")
	got = runWith(t.Context(), nil, "evaluate", out, "--data", more, "--json")
	require.Zero(t, got.code, got.stderr)
	var e evaluation
	require.NoError(t, json.Unmarshal([]byte(got.stdout), &e))
	assert.Equal(t, 300, e.Nodes)
	assert.Greater(t, float64(e.Measured.Modularity), 0.4)
}

func TestPredictBadInput(t *testing.T) {
	data := generated(t)
	path := savedModel(t, data, 3, true)
	other := generated(t, "--feature-dim", "5")
	t.Chdir(t.TempDir())
	require.NoError(t, os.Rename(path, "m.safetensors"))
	require.NoError(t, os.Rename(data, "g.npz"))
	require.NoError(t, os.Rename(other, "five.npz"))
	writeText(t, "bad.safetensors", "nothing")
	before := filesUnder(t, ".")
	example := "as in trainclustering predict --model cora/model.safetensors --data cora.npz"
	fit := "the graph needs the columns of features that the model was trained on"
	for _, c := range []badInput{
		{"", "--data g.npz", 2, "--model is needed, the file of a trained model", example},
		{"", "--model m.safetensors", 2, "--data is needed, the graph to cluster", example},
		{"", "--model m.safetensors --data g.npz --refine some", 2, "--refine = some, want trained, none, moves or multilevel", "did you mean none?"},
		{"", "--model m.safetensors --data g.npz --out m.safetensors", 2, "--out = m.safetensors is a file to read, want another one to write", ""},
		{"", "--model none --data g.npz", 1, "--model = none: no such file or directory", ""},
		{"", "--model m.safetensors --data five.npz", 1, "five.npz does not fit the model: 5 features, want 8, as the map was fitted on", fit},
		{"", "--model m.safetensors --data g.npz --memory-limit 1MB", 1, "", ""},
	} {
		got := runWith(t.Context(), nil, append([]string{"predict"}, strings.Fields(c.args)...)...)
		assert.Equal(t, c.code, got.code, c.args)
		assert.Empty(t, got.stdout)
		if c.want != "" {
			checkLines(t, c, got.stderr)
		}
		assert.Equal(t, before, filesUnder(t, "."))
	}
	got := runWith(t.Context(), nil, "predict", "--model", "bad.safetensors", "--data", "g.npz")
	assert.Equal(t, 1, got.code)
	assert.Regexp(t, `^trainclustering: --model = bad\.safetensors: .*\n$`, got.stderr)
}

// TestEvaluateAndPredictAsBuilt runs the binary a user has.
func TestEvaluateAndPredictAsBuilt(t *testing.T) {
	bin, data := builtBinary(t), generated(t)
	out := filepath.Join(t.TempDir(), "p.csv")
	text, err := exec.Command(bin, "predict", "--model", savedModel(t, data, 3, true), "--data", data, "--out", out).CombinedOutput()
	require.NoError(t, err, string(text))
	text, err = exec.Command(bin, "evaluate", out, "--data", data, "--against", out, "--json").Output()
	require.NoError(t, err)
	var e evaluation
	require.NoError(t, json.Unmarshal(text, &e))
	g, err := graphfile.Read(data)
	require.NoError(t, err)
	clusters := make([]int, g.Nodes)
	for i, row := range readTable(t, out)[1:] {
		clusters[i] = int(row[1][0] - '0')
	}
	want, err := metrics.Modularity(view.Metrics(g), clusters)
	require.NoError(t, err)
	assert.InDelta(t, want, float64(e.Measured.Modularity), 1e-15)
	assert.InDelta(t, 1, float64(e.Against.Agreement.ARI), 1e-15)
	text, err = exec.Command(bin, "version").Output()
	require.NoError(t, err)
	assert.Regexp(t, `^trainclustering \S+\ngo\S+ \w+/\w+\n$`, string(text))
}
