package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
)

// before calls a function before the training of a number, from 1.
func before(number int, do func() error) model.Trainer {
	train, n := model.NewTrainer(), 0
	return func(ctx context.Context, j model.Job) (*model.Fit, error) {
		if n++; n == number {
			if err := do(); err != nil {
				return nil, err
			}
		}
		return train(ctx, j)
	}
}

// A restart that fails for another reason than divergence ends the training, and
// the restarts before it are kept; without any there is nothing to keep.
func TestAFailedRestartKeepsTheOthers(t *testing.T) {
	dir := t.TempDir()
	out, two := filepath.Join(dir, "out"), filepath.Join(dir, "two")
	fails := func() error { return errors.New("rows: input/output error") }
	args := strings.Fields("train --epochs 8 --restarts 4 --out")
	got := runWith(t.Context(), before(3, fails), append(args, out)...)
	assert.Equal(t, 1, got.code)
	assert.Contains(t, got.stderr, "trainclustering: training of restart 3 of 4: rows: input/output error; "+
		"the clusters are the best of the restarts before it, written to "+out+"\n")
	assert.Contains(t, strings.Join(strings.Fields(got.stdout), " "), "; restart 3 failed; restart 4 did not run")
	assert.Contains(t, got.stdout, "warning: training of restart 3 of 4: rows: input/output error;")
	assert.LessOrEqual(t, longest(got.stdout), 80)
	page, err := os.ReadFile(filepath.Join(out, "report.html"))
	require.NoError(t, err)
	assert.Contains(t, string(page), "The run failed with 2 of 4 restarts finished; this is its state at that moment.")

	require.Zero(t, runWith(t.Context(), model.NewTrainer(), "train", "--quiet", "--epochs", "8", "--restarts", "2", "--out", two).code)
	assert.Equal(t, column(t, two+"/assignments.csv", "cluster"), column(t, out+"/assignments.csv", "cluster"))
	have, want := readMetrics(t, out), readMetrics(t, two)
	for _, name := range []string{"restart_losses", "restarts_finished", "kept_restart", "loss"} {
		assert.Equal(t, want[name], have[name], name)
	}
	assert.Equal(t, []any{false, false}, []any{have["complete"], have["stopped"]})
	validMetrics(t, contents(t, out, "metrics.json"))

	none := filepath.Join(dir, "none")
	got = runWith(t.Context(), before(1, fails), append(args, none)...)
	assert.Equal(t, ran{1, "", "trainclustering: training of restart 1 of 4: rows: input/output error\n"}, got)
	assert.NoDirExists(t, none)
}

// With checkpoints a failure ends the run without a result, and --resume goes on.
func TestAFailedRestartIsTriedAgain(t *testing.T) {
	dir := t.TempDir()
	out, st := filepath.Join(dir, "out"), filepath.Join(dir, "state")
	got := runWith(t.Context(), before(2, func() error { return errors.New("odd") }), stateArgs(out, st)...)
	assert.Equal(t, ran{1, "", "trainclustering: training of restart 2 of 3: odd\nhint: the same command with --resume continues from the last checkpoint\n"}, got)
	assert.NoDirExists(t, out)
	require.Equal(t, ran{}, runWith(t.Context(), model.NewTrainer(), stateArgs(out, st, "--resume")...))
	assert.Equal(t, true, readMetrics(t, out)["complete"])
}

// The features of a store are damaged after the first of three restarts, whose
// clusters are kept; where its edges are, they cannot be measured.
func TestAStoreThatFailsAfterARestart(t *testing.T) {
	for file, kept := range map[string]bool{"features-1.bin": true, "columns.bin": false} {
		dir := t.TempDir()
		store, out := filepath.Join(dir, "store"), filepath.Join(dir, "out")
		run(t, "generate sbm --nodes 200 --clusters 2 --feature-dim 4 --block 64 --hops 1 --out "+store+"/")
		got := runWith(t.Context(), before(2, func() error {
			return os.WriteFile(filepath.Join(store, file), []byte("damaged"), 0o600)
		}), strings.Fields("train --quiet --k 2 --epochs 4 --restarts 3 --data "+store+" --out "+out)...)
		assert.Equal(t, 1, got.code, file)
		assert.Contains(t, got.stderr, "trainclustering: training of restart 2 of 3: ", file)
		if kept {
			assert.Contains(t, got.stderr, "the clusters are the best of the restarts before it, written to "+out)
			assert.EqualValues(t, 1, readMetrics(t, out)["restarts_finished"])
		} else {
			assert.NoDirExists(t, out)
		}
	}
}

// A store whose labels are damaged is refused before the training, not when its
// clusters are measured.
func TestAStoreWithDamagedLabelsIsNotTrainedOn(t *testing.T) {
	dir := t.TempDir()
	store, out := filepath.Join(dir, "store"), filepath.Join(dir, "out")
	run(t, "generate sbm --nodes 200 --clusters 2 --feature-dim 4 --block 64 --hops 1 --out "+store+"/")
	at := filepath.Join(store, "labels.bin")
	text, err := os.ReadFile(at)
	require.NoError(t, err)
	text[0] ^= 1
	require.NoError(t, os.WriteFile(at, text, 0o600))
	got := runWith(t.Context(), before(1, func() error { return errors.New("trained") }),
		strings.Fields("train --quiet --k 2 --epochs 4 --data "+store+" --out "+out)...)
	assert.Equal(t, 1, got.code)
	assert.Contains(t, got.stderr, "labels.bin: block 0 does not match its checksum: the file was changed or damaged")
	assert.NoDirExists(t, out)
}
