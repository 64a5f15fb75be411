package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
)

// TestEverySolverIsResumedAndRepeated trains with each optimizer and schedule:
// a run that died goes on to the same bits, and so does one from config.yaml.
func TestEverySolverIsResumedAndRepeated(t *testing.T) {
	dir := t.TempDir()
	seen := map[string]bool{}
	for _, args := range []string{
		"--optimizer adamw", "--optimizer adamw --weight-decay 0.3", "--optimizer sgd --lr 1 --weight-decay 0.001",
		"--schedule cosine", "--schedule plateau --lr 0.1 --patience 0", "--schedule warmup-cosine", "--schedule plateau --optimizer sgd --lr 2",
	} {
		whole, out, st := filepath.Join(dir, "whole"), filepath.Join(dir, "out"), filepath.Join(dir, "state")
		more := append(strings.Fields(args), "--epochs", "60")
		require.Equal(t, ran{}, runWith(t.Context(), model.NewTrainer(), stateArgs(whole, "", more...)...))
		require.Equal(t, 1, runWith(t.Context(), dying(2, 45), stateArgs(out, st, more...)...).code)
		require.Equal(t, ran{}, runWith(t.Context(), model.NewTrainer(), stateArgs(out, st, append(more, "--resume")...)...))
		assert.Equal(t, results(t, whole), results(t, out), args)
		assert.False(t, seen[results(t, out)], "%s: as another", args)
		seen[results(t, out)] = true
		require.Equal(t, ran{}, runWith(t.Context(), model.NewTrainer(), "train", "--quiet", "--config", filepath.Join(whole, options.ConfigFile), "--out", out))
		assert.Equal(t, results(t, whole), results(t, out), args)
		m := readMetrics(t, out)
		assert.Contains(t, args+" --optimizer adam --schedule constant", "--optimizer "+m["optimizer"].(string))
		assert.Contains(t, args+" --schedule constant", "--schedule "+m["schedule"].(string))
	}
}

func TestSolverFlagsReachTheModel(t *testing.T) {
	for args, want := range map[string]model.Config{
		"":                                   {Optimizer: "adam", Schedule: "constant"},
		"--optimizer adamw":                  {Optimizer: "adamw", Schedule: "constant", WeightDecay: .01},
		"--optimizer adamw --weight-decay 0": {Optimizer: "adamw", Schedule: "constant"},
		"--optimizer sgd --schedule warmup-cosine": {Optimizer: "sgd", Schedule: "warmup-cosine"},
		"--optimizer sgd --weight-decay 1e-3":      {Optimizer: "sgd", Schedule: "constant", WeightDecay: .001},
	} {
		var seen []model.Config
		require.Zero(t, runWith(t.Context(), recorder(&seen), append([]string{"train", "--quiet", "--epochs", "1"}, strings.Fields(args)...)...).code)
		got := model.Config{Optimizer: seen[0].Optimizer, Schedule: seen[0].Schedule, WeightDecay: seen[0].WeightDecay}
		assert.Equal(t, want, got, args)
	}
}

func TestNewMethodsTrain(t *testing.T) {
	for _, args := range []string{
		"--method diffpool", "--method cheeger", "--method diffpool --preset paper --epochs 50", "--method cheeger --preset paper --epochs 50",
		"--method diffpool --dropout 0.1", "--method cheeger --dropout 0.1 --loss-weight asym_balance=2",
	} {
		dir := t.TempDir()
		require.Equal(t, ran{}, runWith(t.Context(), model.NewTrainer(), append([]string{"train", "--quiet", "--out", dir}, strings.Fields(args)...)...), args)
		assert.Greater(t, readMetrics(t, dir)["modularity"], .3, args)
		predicted := filepath.Join(dir, "p.csv")
		require.Zero(t, runWith(t.Context(), nil, "predict", "--model", filepath.Join(dir, options.ModelFile), "--data", karateFile(t, dir), "--out", predicted).code, args)
	}
}
