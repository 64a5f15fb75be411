package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
)

func TestLevelsAreWrittenAsATree(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	got := runWith(t.Context(), model.NewTrainer(), "train", "--levels", "4,2", "--out", out)
	require.Zero(t, got.code, got.stderr)
	assert.Contains(t, got.stdout, "4 clusters, modularity 0.4198; 2 clusters, modularity 0.37")

	m := readMetrics(t, out)
	levels := m["levels"].([]any)
	require.Len(t, levels, 2)
	assert.Equal(t, m["modularity"], levels[0].(map[string]any)["modularity"])
	assert.Equal(t, 2., levels[1].(map[string]any)["clusters"])

	// evaluate reads the tree, and finds the modularity that was told.
	tree := filepath.Join(out, options.HierarchyTree)
	for level, l := range map[string]any{"1": levels[1], "2": levels[0]} {
		judged := runWith(t.Context(), nil, "evaluate", tree, "--data", karateFile(t, dir), "--level", level, "--json")
		require.Zero(t, judged.code, judged.stderr)
		var doc map[string]any
		require.NoError(t, json.Unmarshal([]byte(judged.stdout), &doc))
		assert.InDelta(t, l.(map[string]any)["modularity"], doc["measured"].(map[string]any)["modularity"], 1e-12)
	}

	var doc struct {
		Tree []struct{ Size int }
	}
	text, err := os.ReadFile(filepath.Join(out, options.HierarchyJSON))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &doc))
	assert.Equal(t, 34, doc.Tree[0].Size+doc.Tree[1].Size)
	page, err := os.ReadFile(filepath.Join(out, options.ReportFile))
	require.NoError(t, err)
	assert.Contains(t, string(page), `id="levels"`)

	// The configuration repeats it; without levels the files go.
	again := filepath.Join(dir, "again")
	require.Equal(t, ran{}, runWith(t.Context(), model.NewTrainer(), "train", "--quiet", "--config", filepath.Join(out, options.ConfigFile), "--out", again))
	second, err := os.ReadFile(filepath.Join(again, options.HierarchyTree))
	require.NoError(t, err)
	first, err := os.ReadFile(tree)
	require.NoError(t, err)
	assert.Equal(t, string(first), string(second))
	require.Equal(t, ran{}, runWith(t.Context(), model.NewTrainer(), "train", "--quiet", "--out", again))
	assert.NoFileExists(t, filepath.Join(again, options.HierarchyTree))
	assert.NoFileExists(t, filepath.Join(again, options.HierarchyJSON))
}

func TestLevelsOfRawFeaturesAndOfTheNumberThatIsChosen(t *testing.T) {
	for _, args := range []string{"--preset paper --epochs 100 --levels 4,2", "--k auto --k-range 3-5 --levels 2 --epochs 20", "--k 1 --levels 3"} {
		dir := t.TempDir()
		out, again := filepath.Join(dir, "out"), filepath.Join(dir, "again")
		require.Equal(t, ran{}, runWith(t.Context(), model.NewTrainer(), append([]string{"train", "--quiet", "--out", out}, strings.Fields(args)...)...), args)
		require.Equal(t, ran{}, runWith(t.Context(), model.NewTrainer(), "train", "--quiet", "--config", filepath.Join(out, options.ConfigFile), "--out", again), args)
		for _, name := range []string{options.HierarchyTree, options.HierarchyJSON, options.AssignmentsFile} {
			first, err := os.ReadFile(filepath.Join(out, name))
			require.NoError(t, err)
			second, err := os.ReadFile(filepath.Join(again, name))
			require.NoError(t, err)
			assert.Equal(t, string(first), string(second), "%s: %s", args, name)
		}
	}
}

func TestLevelsByTheirNumber(t *testing.T) {
	for args, want := range map[string][]int{
		"--k 16 --levels 2": {16, 4}, "--k 16 --levels 4": {16, 8, 4, 2}, "--k 3 --levels 5": {3, 2}, "--k 2 --levels 2": {2}, "--levels 9,3": {9, 3},
	} {
		var seen []model.Config
		got := runWith(t.Context(), recorder(&seen), append([]string{"train", "--quiet", "--epochs", "1", "--features-as", "raw"}, strings.Fields(args)...)...)
		require.Zero(t, got.code, got.stderr)
		assert.Equal(t, want, seen[0].Levels, args)
		assert.Equal(t, want[0], seen[0].K, args)
	}
}

func TestSmallClustersJoinOthers(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	got := runWith(t.Context(), model.NewTrainer(), "train", "--k", "12", "--epochs", "30", "--min-size", "4", "--out", out)
	require.Zero(t, got.code, got.stderr)
	assert.Regexp(t, `\d+ clusters? of fewer than 4 nodes joined`, got.stdout)
	assert.Contains(t, got.stdout, "before the refinement")
	m := readMetrics(t, out)
	assert.Equal(t, 4., m["min_size"])
	assert.Positive(t, m["dissolved"].(map[string]any)["clusters"])
	for _, part := range m["parts"].([]any) {
		assert.GreaterOrEqual(t, part.(map[string]any)["size"], 4.)
	}
	want := results(t, out)
	require.Equal(t, ran{}, runWith(t.Context(), model.NewTrainer(), "train", "--quiet", "--config", filepath.Join(out, options.ConfigFile), "--out", out))
	assert.Equal(t, want, results(t, out))

	data := writeText(t, filepath.Join(dir, "g.txt"), "a b\nb c\nc a\nd e\n")
	got = runWith(t.Context(), evenTrainer, "train", "--data", data, "--format", "edgelist", "--k", "1", "--epochs", "1", "--min-size", "9")
	require.Zero(t, got.code, got.stderr)
	assert.Contains(t, strings.Join(strings.Fields(got.stdout), " "), "no cluster of fewer than 9 nodes has one next to it; 1 left, since no edge leaves them")
}
