package main

import (
	"bytes"
	"context"
	"math"
	"os"
	"path/filepath"
	"sort"
	"testing"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/stretchr/testify/require"
)

// ran is what one run of the command left behind.
type ran struct {
	code           int
	stdout, stderr string
}

// runWith runs the command in this process with a trainer of the test's.
func runWith(ctx context.Context, train model.Trainer, args ...string) ran {
	var stdout, stderr bytes.Buffer
	p := &program{stdout: &stdout, stderr: &stderr, train: train}
	code := p.run(ctx, append([]string{"trainclustering"}, args...))
	return ran{code, stdout.String(), stderr.String()}
}

// evenTrainer stands in for the model: node i goes to cluster i mod k with a
// share of at least a half, and the losses fall in a way that the seed moves.
func evenTrainer(g *graphfile.Graph, cfg model.Config, onEpoch model.EpochFunc) ([]float32, error) {
	var losses []model.NamedLoss
	for _, w := range cfg.LossWeights {
		losses = append(losses, model.NamedLoss{Name: w.Name})
	}
	for epoch := 1; epoch <= cfg.Epochs; epoch++ {
		total := 0.0
		for i := range losses {
			losses[i].Value = 1/float64(epoch+i) - float64(cfg.Seed%7)/100
			total += losses[i].Value * cfg.LossWeights[i].Value
		}
		if err := onEpoch(epoch, model.EpochResult{Losses: losses, Total: total, Seconds: 0.001}); err != nil {
			return nil, err
		}
	}
	assign := make([]float32, g.Nodes*cfg.K)
	for i := range g.Nodes {
		for c := range cfg.K {
			assign[i*cfg.K+c] = float32(0.5 / math.Max(1, float64(cfg.K-1)))
		}
		assign[i*cfg.K+i%cfg.K] = 0.5
	}
	return assign, nil
}

// filesUnder lists every file and folder below a folder.
func filesUnder(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	require.NoError(t, filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		names = append(names, path)
		return err
	}))
	sort.Strings(names)
	return names
}

// writeText writes a file of the test's.
func writeText(t *testing.T, path, text string) string {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}
