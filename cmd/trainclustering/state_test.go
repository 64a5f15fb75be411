package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/state"
)

// stateArgs is a training of three restarts with checkpoints, on the karate
// club.
func stateArgs(out, state string, more ...string) []string {
	args := []string{"train", "--quiet", "--restarts", "3", "--epochs", "20", "--out", out}
	if state != "" {
		args = append(args, "--state", state, "--checkpoint-every", "4")
	}
	return append(args, more...)
}

// results are the files of an output that equal trainings write equally.
func results(t *testing.T, dir string) (all string) {
	t.Helper()
	for _, name := range []string{options.AssignmentsFile, options.HistoryFile} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		all += string(text)
	}
	return all
}

// dying is a trainer that gives up in an epoch of a restart, as a process that
// is killed does: without a checkpoint of its own.
func dying(restart, epoch int) model.Trainer {
	train := model.NewTrainer()
	return func(ctx context.Context, j model.Job) (*model.Fit, error) {
		restart--
		tell := j.OnEpoch
		j.OnEpoch = func(e int, r model.EpochResult, s model.Saver) error {
			if restart == 0 && e == epoch {
				return context.DeadlineExceeded
			}
			return tell(e, r, s)
		}
		return train(ctx, j)
	}
}

func TestAResumedTrainingEndsInTheSameBits(t *testing.T) {
	dir := t.TempDir()
	whole := filepath.Join(dir, "whole")
	require.Equal(t, ran{}, runWith(t.Context(), model.NewTrainer(), stateArgs(whole, "")...))
	for restart := 1; restart <= 3; restart++ {
		for _, epoch := range []int{1, 4, 5, 13, 20} {
			out, st := filepath.Join(dir, "out"), filepath.Join(dir, "state")
			got := runWith(t.Context(), dying(restart, epoch), stateArgs(out, st)...)
			require.Equal(t, 1, got.code, got.stderr)
			require.NoDirExists(t, out)
			require.Equal(t, ran{}, runWith(t.Context(), model.NewTrainer(), stateArgs(out, st, "--resume")...))
			assert.Equal(t, results(t, whole), results(t, out), "died in epoch %d of restart %d", epoch, restart)
			assert.NoDirExists(t, st, "it is removed with the result written")
			require.NoError(t, os.RemoveAll(out))
		}
	}
}

func TestAnInterruptedTrainingIsResumed(t *testing.T) {
	dir := t.TempDir()
	whole, out, st := filepath.Join(dir, "whole"), filepath.Join(dir, "out"), filepath.Join(dir, "state")
	require.Equal(t, ran{}, runWith(t.Context(), model.NewTrainer(), stateArgs(whole, "")...))
	ctx, cancel := context.WithCancel(t.Context())
	real, seen := model.NewTrainer(), 0
	got := runWith(ctx, func(ctx context.Context, j model.Job) (*model.Fit, error) {
		tell := j.OnEpoch
		j.OnEpoch = func(e int, r model.EpochResult, s model.Saver) error {
			if seen++; seen == 27 {
				cancel()
			}
			return tell(e, r, s)
		}
		return real(ctx, j)
	}, stateArgs(out, st)...)
	require.Equal(t, 130, got.code, got.stderr)
	assert.FileExists(t, filepath.Join(out, options.AssignmentsFile), "what there was is written")
	assert.DirExists(t, st)
	require.Equal(t, ran{}, runWith(t.Context(), model.NewTrainer(), stateArgs(out, st, "--resume")...))
	assert.Equal(t, results(t, whole), results(t, out))
}

func TestStatesThatAreRefused(t *testing.T) {
	dir := t.TempDir()
	out, st := filepath.Join(dir, "out"), filepath.Join(dir, "state")
	refused := func(want string, args ...string) {
		t.Helper()
		got := runWith(t.Context(), model.NewTrainer(), args...)
		assert.NotZero(t, got.code)
		assert.Contains(t, got.stderr, want)
		assert.NoDirExists(t, out)
	}
	refused("has no training to resume", stateArgs(out, st, "--resume")...)
	refused("--state is needed", stateArgs(out, "", "--resume")...)
	require.Equal(t, 1, runWith(t.Context(), dying(2, 9), stateArgs(out, st)...).code)
	refused("has a training that is not finished", stateArgs(out, st)...)
	refused("of another training: LR was 0.01, is 0.1", stateArgs(out, st, "--resume", "--lr", "0.1")...)
	refused("of another training: Seed was 0, is 1", stateArgs(out, st, "--resume", "--seed", "1")...)
	data := writeText(t, filepath.Join(dir, "g.txt"), "0 1\n1 2\n2 0\n2 3\n3 4\n4 5\n5 3\n")
	refused("the graph is not the one it trained on", stateArgs(out, st, "--resume", "--data", data, "--k", "4")...)

	current := filepath.Join(st, state.CurrentFile)
	whole, err := os.ReadFile(current)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(current, whole[:len(whole)-9], 0o600))
	refused("not a whole safetensors file", stateArgs(out, st, "--resume")...)
	require.NoError(t, os.WriteFile(current, whole, 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(st, state.RunFile), []byte("{"), 0o600))
	refused("run.json is damaged", stateArgs(out, st, "--resume")...)
}

// fullDisk takes no byte.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// The checkpoints stay until the result is out: on a full disk behind standard
// output they are all that is left of the training.
func TestCheckpointsStayUntilTheResultIsOut(t *testing.T) {
	store := filepath.Join(t.TempDir(), "store")
	require.Zero(t, runWith(t.Context(), nil, "generate", "sbm", "--nodes", "60", "--clusters", "2", "--feature-dim", "4", "--out", store+"/").code)
	for _, data := range []string{"", "--data " + store} {
		for _, how := range []string{"--out - --quiet", "--json", ""} {
			st := filepath.Join(t.TempDir(), "state")
			args := append([]string{"train", "--epochs", "5", "--k", "2", "--state", st}, strings.Fields(data+" "+how)...)
			var stderr bytes.Buffer
			p := &program{stdout: fullDisk{}, stderr: &stderr, train: model.NewTrainer()}
			require.Equal(t, 1, p.run(t.Context(), append([]string{"trainclustering"}, args...)))
			assert.Contains(t, stderr.String(), "writing to standard output: no space left on device")
			require.FileExists(t, filepath.Join(st, "restart-1.safetensors"), how)

			got := runWith(t.Context(), model.NewTrainer(), append(args, "--resume")...)
			require.Zero(t, got.code, got.stderr)
			assert.NotEmpty(t, got.stdout)
			assert.NoDirExists(t, st)
		}
	}
}
