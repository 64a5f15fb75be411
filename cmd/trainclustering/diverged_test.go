package main

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/layers/train"
)

// diverging is a trainer of which the trainings of these numbers, from 1, diverge
// in epoch 3; trainings counts them all.
func diverging(from model.Trainer, which ...int) (diverges model.Trainer, trainings *int) {
	n := 0
	return func(ctx context.Context, j model.Job) (*model.Fit, error) {
		if n++; !slices.Contains(which, n) {
			return from(ctx, j)
		}
		tell := j.OnEpoch
		j.OnEpoch = func(e int, r model.EpochResult, s model.Saver) error {
			if e == 3 {
				return &train.LossError{Step: 2, Loss: math.NaN()}
			}
			return tell(e, r, s)
		}
		return from(ctx, j)
	}, &n
}

// Restarts that diverge are left out, be they the first, the last or several; the
// result is that of the best of the others.
func TestDivergedRestartsAreLeftOut(t *testing.T) {
	store := filepath.Join(t.TempDir(), "store")
	require.Zero(t, runWith(t.Context(), nil, "generate", "sbm", "--nodes", "60", "--clusters", "2", "--feature-dim", "4", "--out", store+"/").code)
	for _, data := range []string{"", "--data " + store} {
		whole := filepath.Join(t.TempDir(), "whole")
		args := func(out string) []string {
			return append(strings.Fields("train --k 4 --epochs 8 --restarts 3 --quiet --out "+out), strings.Fields(data)...)
		}
		require.Zero(t, runWith(t.Context(), model.NewTrainer(), args(whole)...).code)
		all := readMetrics(t, whole)["restart_losses"].([]any)
		for _, which := range [][]int{{1}, {2}, {3}, {1, 3}} {
			out := filepath.Join(t.TempDir(), "out")
			trainer, _ := diverging(model.NewTrainer(), which...)
			got := runWith(t.Context(), trainer, args(out)...)
			require.Zero(t, got.code, got.stderr)
			assert.Contains(t, got.stderr, "of 3 restarts diverged and were left out; the total loss became NaN in epoch 3 of restart")

			m := readMetrics(t, out)
			assert.EqualValues(t, 3-len(which), m["restarts_finished"])
			assert.EqualValues(t, len(which), m["restarts_diverged"])
			assert.Equal(t, true, m["complete"])
			assert.Len(t, m["restart_seeds"], 3)
			assert.Contains(t, m["warnings"].([]any)[0], "diverged")
			losses, kept, least := m["restart_losses"].([]any), 0, math.Inf(1)
			for i := range 3 {
				if slices.Contains(which, i+1) {
					assert.Nil(t, losses[i])
					assert.Nil(t, m["restart_modularities"].([]any)[i])
					continue
				}
				assert.Equal(t, all[i], losses[i])
				if v := all[i].(float64); v < least {
					kept, least = i+1, v
				}
			}
			assert.EqualValues(t, kept, m["kept_restart"], "%v", which)
			assert.EqualValues(t, outcome.RestartSeed(0, kept-1), m["kept_seed"])
			if len(which) == 2 {
				assert.Nil(t, m["restart_agreement"], "one is left")
			}
		}
	}
}

func TestASummaryTellsOfDivergedRestarts(t *testing.T) {
	trainer, _ := diverging(model.NewTrainer(), 2)
	got := runWith(t.Context(), trainer, "train", "--epochs", "8", "--restarts", "3", "--out", filepath.Join(t.TempDir(), "out"))
	require.Zero(t, got.code, got.stderr)
	assert.Contains(t, got.stderr, "trainclustering: the total loss became NaN in epoch 3 of restart 2 of 3, left out\n")
	assert.Regexp(t, `, 1\s+diverged\n`, got.stdout)
	assert.Contains(t, got.stdout, "warning: 1 of 3 restarts diverged")
	assert.LessOrEqual(t, longest(got.stdout), 80)
}

func TestWhereAllRestartsDivergeNothingIsWritten(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	trainer, _ := diverging(evenTrainer, 1, 2, 3)
	got := runWith(t.Context(), trainer, "train", "--quiet", "--restarts", "3", "--out", out)
	assert.Equal(t, ran{1, "", "trainclustering: all 3 restarts diverged; the total loss became NaN in epoch 3 of restart 1 of 3\nhint: a lower --lr may help\n"}, got)
	assert.NoDirExists(t, out)
}

// A resumed training does not try a restart again that diverged, and ends in the
// bits of one that nothing stopped.
func TestADivergedRestartIsNotedInTheState(t *testing.T) {
	dir := t.TempDir()
	whole, out, st := filepath.Join(dir, "whole"), filepath.Join(dir, "out"), filepath.Join(dir, "state")
	trainer, _ := diverging(model.NewTrainer(), 2)
	require.Zero(t, runWith(t.Context(), trainer, stateArgs(whole, "")...).code)

	trainer, _ = diverging(dying(3, 7), 2)
	require.Equal(t, 1, runWith(t.Context(), trainer, stateArgs(out, st)...).code)
	trainer, trainings := diverging(model.NewTrainer())
	got := runWith(t.Context(), trainer, stateArgs(out, st, "--resume")...)
	require.Zero(t, got.code, got.stderr)
	assert.Equal(t, 2, *trainings, "the first, which is loaded, and the third")
	assert.Equal(t, results(t, whole), results(t, out))
	assert.EqualValues(t, 1, readMetrics(t, out)["restarts_diverged"])
	assert.NoDirExists(t, st)
}

func TestAnInterruptKeepsWhatDidNotDiverge(t *testing.T) {
	for which, want := range map[int]ran{
		1: {130, "", "trainclustering: interrupted before the first epoch; nothing was written\n"},
		3: {130, "", "trainclustering: interrupted after restart 2 of 3; the clusters are the best so far\n"},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		trainer, n := diverging(evenTrainer, which)
		got := runWith(ctx, func(_ context.Context, j model.Job) (*model.Fit, error) {
			if *n == which || which == 3 && *n == 2 {
				cancel()
				return nil, ctx.Err()
			}
			return trainer(ctx, j)
		}, "train", "--quiet", "--restarts", "3")
		assert.Equal(t, want.code, got.code)
		assert.Contains(t, got.stderr, want.stderr)
		cancel()
	}
}

// compare leaves out trainings that diverge, and tells how many are left.
func TestCompareLeavesOutWhatDiverges(t *testing.T) {
	args := func(more ...string) []string {
		return append([]string{"compare", "--quiet", "--epochs", "4", "--seeds", "2", "--methods", "dmon,mincut"}, more...)
	}
	dir := filepath.Join(t.TempDir(), "out")
	trainer, _ := diverging(model.NewTrainer(), 1, 3, 4) // both of dmon, the second of mincut
	got := runWith(t.Context(), trainer, args("--out", dir)...)
	require.Zero(t, got.code, got.stderr)
	assert.Equal(t, 3, strings.Count(got.stderr, "the total loss became NaN in epoch 3, left out\n"), got.stderr)
	assert.Regexp(t, `dmon +– +– +– +– +– +–\n +0 of 2 trainings; the others diverged\n`, got.stdout)
	assert.Regexp(t, `mincut +0\.\d.*\n +1 of 2 trainings; the others diverged\n`, got.stdout)
	assert.Contains(t, got.stdout, "kmeans", "the start is of the method that finished")
	assert.LessOrEqual(t, longest(got.stdout), 80)

	means, runs := readTable(t, filepath.Join(dir, "compare.csv")), readTable(t, filepath.Join(dir, "runs.csv"))
	last := len(means[0]) - 1
	assert.Equal(t, "diverged", means[0][last])
	assert.Equal(t, []string{"dmon", "0", "", "2"}, []string{means[1][0], means[1][1], means[1][2], means[1][last]})
	assert.Equal(t, []string{"mincut", "1", "1"}, []string{means[2][0], means[2][1], means[2][last]})
	assert.Equal(t, []string{"dmon", "0", "", "", "", "", "", ""}, runs[1])
	page, err := os.ReadFile(filepath.Join(dir, "report.html"))
	require.NoError(t, err)
	assert.Contains(t, string(page), "mincut: 1 of 2 trainings")

	trainer, _ = diverging(model.NewTrainer(), 1, 3, 4)
	got = runWith(t.Context(), trainer, args("--json")...)
	var f comparisonFile
	require.NoError(t, json.Unmarshal([]byte(got.stdout), &f))
	assert.Equal(t, "the total loss became NaN in epoch 3", f.Runs[0].Diverged)
	assert.Equal(t, []int{0, 2}, []int{f.Methods[0].Runs, f.Methods[0].Diverged})

	trainer, _ = diverging(evenTrainer, 1, 2, 3, 4)
	got = runWith(t.Context(), trainer, args()...)
	assert.Equal(t, 1, got.code)
	assert.Contains(t, got.stderr, "all 4 trainings diverged; dmon with seed 0: the total loss became NaN in epoch 3\n")
}

// The search for k goes on where trainings diverge: here both of k = 2, one of
// k = 3, and the last of k = 6.
func TestKAutoGoesOnWhereTrainingsDiverge(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	trainer, _ := diverging(model.NewTrainer(), 1, 2, 3, 10)
	got := runWith(t.Context(), trainer, "train", "--quiet", "--k-range", "2-6", "--out", out)
	require.Equal(t, ran{}, got)
	m := readMetrics(t, out)
	assert.EqualValues(t, 4, m["k"])
	tried := m["k_choice"].(map[string]any)["tried"].([]any)
	require.Len(t, tried, 5)
	assert.Nil(t, tried[0].(map[string]any)["modularity"])
	assert.Greater(t, tried[1].(map[string]any)["modularity"], .3)

	trainer, _ = diverging(evenTrainer, 1, 2, 3, 4)
	got = runWith(t.Context(), trainer, "train", "--quiet", "--k-range", "2-3")
	assert.Equal(t, ran{1, "", "trainclustering: all trainings of k = 2 to 3 diverged\nhint: a lower --lr may help\n"}, got)
}
