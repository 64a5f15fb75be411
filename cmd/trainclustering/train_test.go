package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/karate"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/layers/train"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/progress"
)

// recorder is a trainer that notes the configurations it is given.
func recorder(seen *[]model.Config) model.Trainer {
	return func(ctx context.Context, j model.Job) (*model.Fit, error) {
		*seen = append(*seen, j.Config)
		return evenTrainer(ctx, j)
	}
}

func TestTrainDefaults(t *testing.T) {
	var seen []model.Config
	got := runWith(t.Context(), recorder(&seen), "train", "--quiet")
	require.Equal(t, ran{}, got)
	want := model.Default()
	want.K = 4
	assert.Equal(t, []model.Config{want}, seen)
}

func TestTrainFlagsReachTheModel(t *testing.T) {
	var seen []model.Config
	got := runWith(t.Context(), recorder(&seen), "train", "--quiet", "--method", "mincut", "--k", "3",
		"--hidden", "32, 16", "--encoder=gcn-skip", "--epochs", "5", "--lr", "1e-2", "--dropout", "0.25",
		"--loss-weight", "cut=2", "--loss-weight", "orthogonality=.5", "--anneal", "none",
		"--preset", "communities", "--features-as", "numbers", "--hops", "3", "--neighbours", "0.1", "--init", "random",
		"--optimizer", "sgd", "--schedule", "cosine", "--weight-decay", "0.5", "--min-size", "2", "--levels", "3,2",
		"--patience", "7", "--clip", "2", "--refine", "moves", "--connected", "reassign", "--order", "rcm",
		"--dtype", "float64", "--seed", "18446744073709551615")
	require.Equal(t, ran{}, got)
	assert.Equal(t, []model.Config{{
		Preset: "communities", Method: "mincut", K: 3, Hidden: []int{32, 16}, Encoder: "gcn-skip", Epochs: 5, LR: 0.01, Dropout: 0.25,
		LossWeights: []model.LossWeight{{Name: "cut", Value: 2}, {Name: "orthogonality", Value: 0.5}},
		Features:    "numbers", Hops: 3, Neighbours: 0.1, Init: "random", Patience: 7, ClipNorm: 2, Optimizer: "sgd", Schedule: "cosine", WeightDecay: .5, MinSize: 2, Levels: []int{3, 2}, Refine: "moves", Connected: "reassign", Order: "rcm",
		Anneal: "none", Dtype: "float64", Seed: math.MaxUint64,
	}}, seen)
}

func TestPresetsAreDefaults(t *testing.T) {
	for _, name := range model.PresetNames() {
		var seen []model.Config
		got := runWith(t.Context(), recorder(&seen), "train", "--quiet", "--preset", name, "--k", "5", "--epochs", "2")
		require.Equal(t, ran{}, got)
		want, err := model.FromPreset(name)
		require.NoError(t, err)
		want.K, want.Epochs = 5, 2
		assert.Equal(t, []model.Config{want}, seen)
	}
}

func TestRawFeaturesTurnOffWhatNeedsOthers(t *testing.T) {
	var seen []model.Config
	got := runWith(t.Context(), recorder(&seen), "train", "--quiet", "--features-as", "raw")
	require.Equal(t, ran{}, got)
	assert.Equal(t, "random", seen[0].Init)
	assert.Zero(t, seen[0].Neighbours)
}

func TestNoArgumentsTrainsKarateTenTimes(t *testing.T) {
	var seen []model.Config
	got := runWith(t.Context(), recorder(&seen))
	require.Zero(t, got.code, got.stderr)
	require.Len(t, seen, 10)
	seeds := map[uint64]bool{}
	for i, cfg := range seen {
		seeds[cfg.Seed] = true
		cfg.Seed = seen[0].Seed
		assert.Equal(t, seen[0], cfg, "restart %d", i)
	}
	assert.Len(t, seeds, 10, "every restart has its own seed")
	assert.Zero(t, seen[0].Seed)
	assert.Equal(t, 4, seen[0].K)
	assert.Contains(t, got.stdout, "DMoN on Zachary's karate club")
}

func TestDefaultClustersElsewhere(t *testing.T) {
	var seen []model.Config
	var edges strings.Builder
	for i := range 20 {
		edges.WriteString(strings.Join([]string{string(rune('a' + i)), string(rune('a' + (i+1)%20))}, ",") + "\n")
	}
	path := writeText(t, filepath.Join(t.TempDir(), "ring.csv"), edges.String())
	got := runWith(t.Context(), recorder(&seen), "train", "--quiet", "--epochs", "1", "--data", path)
	require.Equal(t, ran{}, got)
	assert.Equal(t, 16, seen[0].K)
}

func TestLowestLossIsKept(t *testing.T) {
	totals := []float64{3, 1, 2, 1}
	calls := 0
	train := func(_ context.Context, j model.Job) (*model.Fit, error) {
		total := totals[calls]
		calls++
		shares := make([]float32, j.Graph.Nodes*j.Config.K)
		for i := range j.Graph.Nodes {
			shares[i*j.Config.K+calls-1] = 1
		}
		// A low loss on the way does not count, the last one does.
		for epoch, v := range []float64{-5, total} {
			if err := j.OnEpoch(epoch+1, model.EpochResult{Losses: []cluster.Loss{{Name: "cut", Value: v}}, Total: v}, nil); err != nil {
				return nil, err
			}
		}
		return &model.Fit{Shares: shares}, nil
	}
	g, err := karate.Graph()
	require.NoError(t, err)
	p := &program{train: train}
	o := options.Train{Restarts: 4, Quiet: true}
	o.K, o.Epochs = 4, 2
	best, err := p.trainRestarts(t.Context(), model.Job{Graph: g}, g.Nodes, o, nil, nil)
	require.NoError(t, err)
	assert.Equal(t, 1, best.Restart, "the first of the two lowest")
	assert.Equal(t, totals, best.Totals)
	assert.InDelta(t, 1, best.Shares[1], 0)
	assert.Len(t, best.Steps, 8)
}

// interruptedAt is a trainer that is interrupted in an epoch of a restart.
func interruptedAt(cancel func(), restart, epoch int) model.Trainer {
	return func(ctx context.Context, j model.Job) (*model.Fit, error) {
		restart--
		tell := j.OnEpoch
		j.OnEpoch = func(e int, r model.EpochResult, s model.Saver) error {
			if restart == 0 && e == epoch {
				cancel()
			}
			return tell(e, r, s)
		}
		return evenTrainer(ctx, j)
	}
}

func TestAnInterruptKeepsWhatThereIs(t *testing.T) {
	for _, c := range []struct{ restart, epoch, finished int }{{1, 3, 1}, {2, 3, 2}} {
		dir := filepath.Join(t.TempDir(), "out")
		ctx, cancel := context.WithCancel(t.Context())
		got := runWith(ctx, interruptedAt(cancel, c.restart, c.epoch), "train", "--restarts", "3", "--out", dir)
		assert.Equal(t, 130, got.code)
		assert.Contains(t, got.stdout, "modularity", "the summary is shown")
		assert.True(t, strings.HasSuffix(got.stderr, fmt.Sprintf("interrupted after epoch 3 of restart %d of 3; the clusters are the best so far, written to %s\n", c.restart, dir)), got.stderr)
		text, err := os.ReadFile(filepath.Join(dir, "metrics.json"))
		require.NoError(t, err)
		var m struct {
			Stopped bool      `json:"stopped"`
			Losses  []float64 `json:"restart_losses"`
		}
		require.NoError(t, json.Unmarshal(text, &m))
		assert.True(t, m.Stopped)
		assert.Len(t, m.Losses, c.finished)
		assert.FileExists(t, filepath.Join(dir, "assignments.csv"))
		kept := strings.Join(strings.Fields(got.stdout), " ")
		page, err := os.ReadFile(filepath.Join(dir, "report.html"))
		require.NoError(t, err)
		if c.restart == 1 {
			assert.Contains(t, kept, "restart 1 of 3 (seed 0), stopped in epoch 3 of 150: loss")
			assert.Contains(t, kept, "; restarts 2 to 3 did not run")
			assert.Contains(t, string(page), "interrupted with 0 of 3 restarts finished, in epoch 3 of 150 of the kept one; this is")
		} else {
			assert.Contains(t, kept, "; restart 2 stopped in epoch 3 of 150; restart 3 did not run")
			assert.Contains(t, string(page), "interrupted with 1 of 3 restarts finished; this is")
		}
	}
}

func TestAnInterruptBeforeTheFirstEpochWritesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got := runWith(ctx, model.NewTrainer(), "train", "--quiet", "--out", dir)
	assert.Equal(t, ran{130, "", "trainclustering: interrupted before the first epoch; nothing was written\n"}, got)
	assert.NoDirExists(t, dir)
}

func TestFailuresOfTheTraining(t *testing.T) {
	nan := float32(math.NaN())
	cases := []struct {
		name  string
		train model.Trainer
		want  string
	}{
		{"error", func(context.Context, model.Job) (*model.Fit, error) {
			return nil, errors.New("layers: no memory")
		}, "trainclustering: training: layers: no memory\n"},
		{"loss", func(_ context.Context, j model.Job) (*model.Fit, error) {
			return nil, j.OnEpoch(1, model.EpochResult{Losses: []cluster.Loss{{Name: "cluster", Value: math.NaN()}}}, nil)
		}, "trainclustering: the cluster loss became NaN in epoch 1\nhint: a lower --lr may help\n"},
		{"total", func(_ context.Context, j model.Job) (*model.Fit, error) {
			return nil, j.OnEpoch(7, model.EpochResult{Total: math.Inf(1)}, nil)
		}, "trainclustering: the total loss became +Inf in epoch 7\nhint: a lower --lr may help\n"},
		{"step", func(context.Context, model.Job) (*model.Fit, error) {
			return nil, &train.LossError{Step: 6, Loss: math.NaN()}
		}, "trainclustering: the total loss became NaN in epoch 7\nhint: a lower --lr may help\n"},
		{"assignment", func(context.Context, model.Job) (*model.Fit, error) {
			a := make([]float32, 34*4)
			a[4] = nan
			return &model.Fit{Shares: a}, nil
		}, "trainclustering: the training gave node 1 the assignment NaN\nhint: a lower --lr may help\n"},
		{"size", func(context.Context, model.Job) (*model.Fit, error) {
			return &model.Fit{Shares: make([]float32, 5)}, nil
		}, "trainclustering: the training gave 5 numbers, want 34 × 4\n"},
		{"no epoch", func(context.Context, model.Job) (*model.Fit, error) {
			return &model.Fit{Shares: make([]float32, 34*4)}, nil
		}, "trainclustering: the training ended without an epoch\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "out")
			got := runWith(t.Context(), c.train, "train", "--quiet", "--out", dir)
			assert.Equal(t, ran{1, "", c.want}, got)
			assert.NoDirExists(t, dir)
		})
	}
}

func TestThreadsAreSetAndSetBack(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	during := 0
	train := func(ctx context.Context, j model.Job) (*model.Fit, error) {
		during = runtime.GOMAXPROCS(0)
		return evenTrainer(ctx, j)
	}
	dir := t.TempDir()
	got := runWith(t.Context(), train, "train", "--quiet", "--threads", "3", "--out", dir)
	require.Equal(t, ran{}, got)
	assert.Equal(t, 3, during)
	assert.Equal(t, before, runtime.GOMAXPROCS(0))
	text, err := os.ReadFile(filepath.Join(dir, "metrics.json"))
	require.NoError(t, err)
	assert.Contains(t, string(text), `"threads": 3`)
}

func TestCollapseIsSaid(t *testing.T) {
	train := func(ctx context.Context, j model.Job) (*model.Fit, error) {
		fit, err := evenTrainer(ctx, j)
		if err != nil {
			return nil, err
		}
		fit.Shares = make([]float32, j.Graph.Nodes*j.Config.K)
		for i := range j.Graph.Nodes {
			fit.Shares[i*j.Config.K] = 1
		}
		return fit, nil
	}
	loud := runWith(t.Context(), train, "train")
	assert.Contains(t, loud.stdout, "warning: of the 4 clusters the nodes fell into 1.0")
	quiet := runWith(t.Context(), train, "train", "--quiet", "--method", "mincut")
	assert.Empty(t, quiet.stdout)
	assert.Equal(t, 1, strings.Count(quiet.stderr, "\n"))
	assert.Contains(t, quiet.stderr, "warning: of the 4 clusters the nodes fell into 1.0")
	assert.Empty(t, runWith(t.Context(), train, "train", "--quiet", "--k", "1").stderr)
}

// TestNoBetterThanChanceIsSaid parts a star, whose leaves have no edges to each
// other.
func TestNoBetterThanChanceIsSaid(t *testing.T) {
	var star strings.Builder
	for leaf := range 20 {
		fmt.Fprintf(&star, "0 %d\n", leaf+1)
	}
	file := writeText(t, filepath.Join(t.TempDir(), "star.txt"), star.String())
	loud := runWith(t.Context(), evenTrainer, "train", "--data", file, "--k", "3")
	assert.Regexp(t, `warning: modularity -0\.\d+, no better than chance`, loud.stdout)
	assert.Empty(t, runWith(t.Context(), evenTrainer, "train", "--data", file, "--k", "3", "--quiet").stderr)
}

func TestProgressDisplay(t *testing.T) {
	o := options.Default()
	p := &program{stderr: io.Discard}
	assert.IsType(t, &progress.Lines{}, p.display(o))
	p.terminal = true
	bar := p.display(o)
	bar.Stop()
	assert.NotEqual(t, progress.Silent{}, bar)
	o.Quiet = true
	assert.Equal(t, progress.Silent{}, p.display(o))
}

func TestPlainProgressIsAboutTenLines(t *testing.T) {
	one := runWith(t.Context(), evenTrainer, "train", "--epochs", "200")
	lines := strings.Split(strings.TrimSpace(one.stderr), "\n")
	assert.Len(t, lines, 11)
	assert.Equal(t, "epoch   1/200  loss  1.50000  modularity  1.00000  cluster  0.50000", lines[0])
	assert.True(t, strings.HasPrefix(lines[10], "epoch 200/200  loss"), lines[10])
	ten := runWith(t.Context(), evenTrainer)
	assert.Equal(t, 11, strings.Count(ten.stderr, "\n"))
	short := runWith(t.Context(), evenTrainer, "train", "--epochs", "3")
	assert.Equal(t, 3, strings.Count(short.stderr, "\n"))
}
