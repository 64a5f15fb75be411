package main

import (
	"context"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/karate"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/progress"
)

// recorder is a trainer that notes the configurations it is given.
func recorder(seen *[]model.Config) model.Trainer {
	return func(g *graphfile.Graph, cfg model.Config, onEpoch model.EpochFunc) ([]float32, error) {
		*seen = append(*seen, cfg)
		return evenTrainer(g, cfg, onEpoch)
	}
}

func TestTrainDefaults(t *testing.T) {
	var seen []model.Config
	got := runWith(t.Context(), recorder(&seen), "train", "--quiet")
	require.Equal(t, ran{}, got)
	assert.Equal(t, []model.Config{{
		Method: "dmon", K: 4, Hidden: []int{64}, Encoder: "gcn", Epochs: 1000, LR: 0.001,
		LossWeights: []model.LossWeight{{Name: "modularity", Value: 1}, {Name: "cluster", Value: 1}, {Name: "orthogonality", Value: 0}},
		Anneal:      "linear", Dtype: "float32",
	}}, seen)
}

func TestTrainFlagsReachTheModel(t *testing.T) {
	var seen []model.Config
	got := runWith(t.Context(), recorder(&seen), "train", "--quiet", "--method", "mincut", "--k", "3",
		"--hidden", "32, 16", "--encoder=gcn-skip", "--epochs", "5", "--lr", "1e-2", "--dropout", "0.25",
		"--loss-weight", "cut=2", "--loss-weight", "orthogonality=.5", "--anneal", "none",
		"--dtype", "float64", "--seed", "18446744073709551615")
	require.Equal(t, ran{}, got)
	assert.Equal(t, []model.Config{{
		Method: "mincut", K: 3, Hidden: []int{32, 16}, Encoder: "gcn-skip", Epochs: 5, LR: 0.01, Dropout: 0.25,
		LossWeights: []model.LossWeight{{Name: "cut", Value: 2}, {Name: "orthogonality", Value: 0.5}},
		Anneal:      "none", Dtype: "float64", Seed: math.MaxUint64,
	}}, seen)
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
	train := func(g *graphfile.Graph, cfg model.Config, onEpoch model.EpochFunc) ([]float32, error) {
		total := totals[calls]
		calls++
		assign := make([]float32, g.Nodes*cfg.K)
		for i := range g.Nodes {
			assign[i*cfg.K+calls-1] = 1
		}
		// A low loss on the way does not count, the last one does.
		for epoch, v := range []float64{-5, total} {
			if err := onEpoch(epoch+1, model.EpochResult{Losses: []model.NamedLoss{{Name: "cut", Value: v}}, Total: v}); err != nil {
				return nil, err
			}
		}
		return assign, nil
	}
	g, err := karate.Graph()
	require.NoError(t, err)
	p := &program{train: train}
	o := trainOptions{Restarts: 4, Quiet: true}
	o.K, o.Epochs = 4, 2
	best, err := p.trainRestarts(t.Context(), g, o)
	require.NoError(t, err)
	assert.Equal(t, 1, best.Restart, "the first of the two lowest")
	assert.Equal(t, totals, best.Totals)
	assert.InDelta(t, 1, best.Assign[1], 0)
	assert.Len(t, best.Steps, 8)
}

func TestInterruptStopsAtTheNextEpoch(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	ctx, cancel := context.WithCancel(t.Context())
	last := 0
	train := func(g *graphfile.Graph, cfg model.Config, onEpoch model.EpochFunc) ([]float32, error) {
		return evenTrainer(g, cfg, func(epoch int, r model.EpochResult) error {
			last = epoch
			if epoch == 3 {
				cancel()
			}
			return onEpoch(epoch, r)
		})
	}
	got := runWith(ctx, train, "train", "--restarts", "2", "--out", dir)
	assert.Equal(t, 130, got.code)
	assert.Equal(t, 3, last)
	assert.Empty(t, got.stdout)
	assert.True(t, strings.HasSuffix(got.stderr,
		"trainclustering: interrupted after epoch 3 of restart 1 of 2; nothing was written\n"), got.stderr)
	assert.NoDirExists(t, dir)
}

func TestFailuresOfTheTraining(t *testing.T) {
	nan := float32(math.NaN())
	cases := []struct {
		name  string
		train model.Trainer
		want  string
	}{
		{"error", func(*graphfile.Graph, model.Config, model.EpochFunc) ([]float32, error) {
			return nil, errors.New("layers: no memory")
		}, "trainclustering: training: layers: no memory\n"},
		{"loss", func(_ *graphfile.Graph, _ model.Config, onEpoch model.EpochFunc) ([]float32, error) {
			return nil, onEpoch(1, model.EpochResult{Losses: []model.NamedLoss{{Name: "cluster", Value: math.NaN()}}})
		}, "trainclustering: the cluster loss became NaN in epoch 1\nhint: a lower --lr may help\n"},
		{"total", func(_ *graphfile.Graph, _ model.Config, onEpoch model.EpochFunc) ([]float32, error) {
			return nil, onEpoch(7, model.EpochResult{Total: math.Inf(1)})
		}, "trainclustering: the total loss became +Inf in epoch 7\nhint: a lower --lr may help\n"},
		{"step", func(*graphfile.Graph, model.Config, model.EpochFunc) ([]float32, error) {
			return nil, &train.LossError{Step: 6, Loss: math.NaN()}
		}, "trainclustering: the total loss became NaN in epoch 7\nhint: a lower --lr may help\n"},
		{"assignment", func(*graphfile.Graph, model.Config, model.EpochFunc) ([]float32, error) {
			a := make([]float32, 34*4)
			a[4] = nan
			return a, nil
		}, "trainclustering: the training gave node 1 the assignment NaN\nhint: a lower --lr may help\n"},
		{"size", func(*graphfile.Graph, model.Config, model.EpochFunc) ([]float32, error) {
			return make([]float32, 5), nil
		}, "trainclustering: the training gave 5 numbers, want 34 × 4\n"},
		{"no epoch", func(*graphfile.Graph, model.Config, model.EpochFunc) ([]float32, error) {
			return make([]float32, 34*4), nil
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
	train := func(g *graphfile.Graph, cfg model.Config, onEpoch model.EpochFunc) ([]float32, error) {
		during = runtime.GOMAXPROCS(0)
		return evenTrainer(g, cfg, onEpoch)
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
	train := func(g *graphfile.Graph, cfg model.Config, onEpoch model.EpochFunc) ([]float32, error) {
		if _, err := evenTrainer(g, cfg, onEpoch); err != nil {
			return nil, err
		}
		assign := make([]float32, g.Nodes*cfg.K)
		for i := range g.Nodes {
			assign[i*cfg.K] = 1
		}
		return assign, nil
	}
	loud := runWith(t.Context(), train, "train")
	assert.Contains(t, loud.stdout, "warning: nearly all nodes fell into one of the 4 clusters")
	quiet := runWith(t.Context(), train, "train", "--quiet", "--method", "mincut")
	assert.Empty(t, quiet.stdout)
	assert.Equal(t, 1, strings.Count(quiet.stderr, "\n"))
	assert.Contains(t, quiet.stderr, "warning: nearly all nodes fell into one of the 4 clusters")
	assert.Empty(t, runWith(t.Context(), train, "train", "--quiet", "--k", "1").stderr)
}

func TestProgressDisplay(t *testing.T) {
	o := defaultOptions()
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
	assert.Equal(t, "epoch   1/200  loss  1.50000  modularity  1.00000  cluster  0.50000  orthogonality  0.33333", lines[0])
	assert.True(t, strings.HasPrefix(lines[10], "epoch 200/200  loss"), lines[10])
	ten := runWith(t.Context(), evenTrainer)
	assert.Equal(t, 11, strings.Count(ten.stderr, "\n"))
	short := runWith(t.Context(), evenTrainer, "train", "--epochs", "3")
	assert.Equal(t, 3, strings.Count(short.stderr, "\n"))
}
