package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
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
	assert.Contains(t, got.stderr, "\nhint: the same command with --resume continues it\n")
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
	refused("of another training: --lr was 0.01, is 0.1", stateArgs(out, st, "--resume", "--lr", "0.1")...)
	refused("of another training: --seed was 0, is 1", stateArgs(out, st, "--resume", "--seed", "1")...)
	refused("of another training: --preset was quality, is paper", stateArgs(out, st, "--resume", "--preset", "paper")...)
	refused("of another training: --hops was auto, is 2", stateArgs(out, st, "--resume", "--hops", "2")...)
	refused("of another training: --min-size was not given, is 2", stateArgs(out, st, "--resume", "--min-size", "2")...)
	start := writeText(t, filepath.Join(t.TempDir(), "c.csv"), "node,cluster\n0,0\n1,1\n")
	refused("of another training: the clusters of --init are not those that it started from", stateArgs(out, st, "--resume", "--k", "4", "--init", start)...)
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

// counting counts the trainings of a trainer.
func counting(from model.Trainer, n *int) model.Trainer {
	return func(ctx context.Context, j model.Job) (*model.Fit, error) {
		*n++
		return from(ctx, j)
	}
}

// A folder of --state that does not serve is refused before the search for k.
func TestKAutoLooksAtTheStateFirst(t *testing.T) {
	dir := t.TempDir()
	st, file := filepath.Join(dir, "state"), writeText(t, filepath.Join(dir, "file"), "")
	auto := []string{"train", "--quiet", "--k-range", "2-4", "--epochs", "8"}
	require.Equal(t, 1, runWith(t.Context(), dying(1, 3), append(auto, "--state", st)...).code)
	for want, more := range map[string]string{
		"has a training that is not finished":                      "--state " + st,
		"has no training to resume":                                "--resume --state " + filepath.Join(dir, "none"),
		"of another training: --lr was 0.01, is 0.1":               "--resume --lr 0.1 --state " + st,
		"of another training: --k was auto of 2-4, is auto of 2-5": "--resume --k-range 2-5 --state " + st,
		"not a directory":                                          "--state " + filepath.Join(file, "state"),
	} {
		n := 0
		got := runWith(t.Context(), counting(evenTrainer, &n), append(auto, strings.Fields(more)...)...)
		assert.Equal(t, 1, got.code)
		assert.Contains(t, got.stderr, want)
		assert.Zero(t, n, want)
	}
	got := runWith(t.Context(), evenTrainer, "train", "--k", "3", "--epochs", "8", "--resume", "--state", st)
	assert.Contains(t, got.stderr, "k was auto of 2-4, is 3")
}

// What the search for k found is kept: a resumed run tries the others, or none
// where k was chosen, and ends in the bits of one that nothing stopped.
func TestAResumedSearchForKGoesOn(t *testing.T) {
	dir := t.TempDir()
	whole := filepath.Join(dir, "whole")
	args := func(out string, more ...string) []string {
		return append([]string{"train", "--quiet", "--k-range", "2-5", "--epochs", "8", "--levels", "2", "--out", out}, more...)
	}
	all := 0
	require.Equal(t, ran{}, runWith(t.Context(), counting(model.NewTrainer(), &all), args(whole)...))
	want := readMetrics(t, whole)
	for _, died := range []int{1, 4, 8, 11, all - 4, all} { // of the trainings; the last five are those of the chosen k
		out, st := filepath.Join(dir, "out"), filepath.Join(dir, "state")
		require.Equal(t, 1, runWith(t.Context(), dying(died, 5), args(out, "--state", st)...).code)
		n := 0
		got := runWith(t.Context(), counting(model.NewTrainer(), &n), args(out, "--state", st, "--resume")...)
		require.Equal(t, ran{}, got)
		assert.Equal(t, results(t, whole), results(t, out), "died in training %d", died)
		have := readMetrics(t, out)
		for _, name := range []string{"k", "k_choice", "levels", "restarts", "restart_losses"} {
			assert.Equal(t, want[name], have[name], name)
		}
		if died > all-5 {
			assert.Equal(t, 5, n, "k is chosen")
		} else {
			assert.Equal(t, all-min(died-1, 8)/2*2, n, "those of 2 to 5 that were done")
		}
		assert.NoDirExists(t, st)
		require.NoError(t, os.RemoveAll(out))
	}
}

// While one run uses a folder of --state, another is refused, and what the first
// has there stays.
func TestTwoRunsOnOneState(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no locks there")
	}
	dir := t.TempDir()
	whole, out, st := filepath.Join(dir, "whole"), filepath.Join(dir, "out"), filepath.Join(dir, "state")
	require.Equal(t, ran{}, runWith(t.Context(), model.NewTrainer(), stateArgs(whole, "")...))
	real, other := model.NewTrainer(), 0
	meanwhile := func(ctx context.Context, j model.Job) (*model.Fit, error) {
		for _, more := range [][]string{nil, {"--resume"}} {
			got := runWith(t.Context(), evenTrainer, stateArgs(filepath.Join(dir, "other"), st, more...)...)
			assert.Equal(t, ran{1, "", "trainclustering: --state = " + st + " is in use by another run\nhint: wait until it ends, or give another folder\n"}, got)
			other++
		}
		return real(ctx, j)
	}
	require.Equal(t, ran{}, runWith(t.Context(), meanwhile, stateArgs(out, st)...))
	assert.Equal(t, 6, other)
	assert.Equal(t, results(t, whole), results(t, out))
	assert.NoDirExists(t, st)
	assert.NoDirExists(t, filepath.Join(dir, "other"))
}
