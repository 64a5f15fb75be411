package main

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/layers/param"
)

// The features are made once, by the first seed; what is written says so beside
// the seed of a training.
func TestTheSeedOfTheFeaturesIsWritten(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	require.Equal(t, ran{}, runWith(t.Context(), model.NewTrainer(), "train", "--quiet", "--seed", "7", "--restarts", "4", "--epochs", "20", "--out", out))
	m := readMetrics(t, out)
	assert.EqualValues(t, 7, m["feature_seed"])
	info, err := param.Inspect(filepath.Join(out, options.ModelFile))
	require.NoError(t, err)
	var file struct{ Note outcome.ModelNote }
	require.NoError(t, json.Unmarshal(info.Config, &file))
	assert.EqualValues(t, 7, file.Note.FeatureSeed)
	assert.EqualValues(t, m["kept_seed"], file.Note.Seed)

	data := generated(t)
	modularity := func(seed string) any {
		dir := filepath.Join(t.TempDir(), "out")
		require.Equal(t, ran{}, runWith(t.Context(), model.NewTrainer(), "train", "--quiet", "--data", data, "--k", "3", "--epochs", "9", "--seed", seed, "--out", dir))
		return readMetrics(t, dir)["modularity"]
	}
	got := runWith(t.Context(), model.NewTrainer(), "compare", "--quiet", "--json", "--data", data, "--k", "3", "--epochs", "9", "--seed", "5", "--seeds", "2", "--methods", "dmon")
	require.Zero(t, got.code, got.stderr)
	var f comparisonFile
	require.NoError(t, json.Unmarshal([]byte(got.stdout), &f))
	assert.EqualValues(t, 5, f.FeatureSeed)
	assert.Equal(t, modularity("5"), float64(f.Runs[0].Modularity), "the first is train's")
}
