package main

import (
	"bytes"
	"context"
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/layers/param"
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
func evenTrainer(_ context.Context, j model.Job) (*model.Fit, error) {
	cfg, g := j.Config, j.Graph
	method, err := model.Lookup(cfg.Method)
	if err != nil {
		return nil, err
	}
	cfg.Features = model.FeaturesRaw
	task, err := model.Prepare(g, cfg)
	if err != nil {
		return nil, err
	}
	fit := &model.Fit{Weights: method.Losses, Epochs: cfg.Epochs, Task: task}
	var losses []cluster.Loss
	for _, w := range method.Losses {
		losses = append(losses, cluster.Loss{Name: w.Name})
	}
	for epoch := 1; epoch <= cfg.Epochs && !fit.Stopped; epoch++ {
		total := 0.0
		for i := range losses {
			losses[i].Value = 1/float64(epoch+i) - float64(cfg.Seed%7)/100
			total += losses[i].Value * method.Losses[i].Value
		}
		err := j.OnEpoch(epoch, model.EpochResult{Losses: losses, Total: total, Seconds: 0.001}, nil)
		if errors.Is(err, model.ErrStop) {
			fit.Stopped, fit.Epochs = true, epoch
		} else if err != nil {
			return nil, err
		}
	}
	if fit.Store, err = param.NewStore(tensor.Float32, cfg.Seed); err != nil {
		return nil, err
	}
	fit.Shares = make([]float32, g.Nodes*cfg.K)
	for i := range g.Nodes {
		for c := range cfg.K {
			fit.Shares[i*cfg.K+c] = float32(0.5 / math.Max(1, float64(cfg.K-1)))
		}
		fit.Shares[i*cfg.K+i%cfg.K] = 0.5
	}
	return fit, nil
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

// longest is the most runes that a line of the text has.
func longest(text string) int {
	most := 0
	for line := range strings.Lines(text) {
		most = max(most, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")))
	}
	return most
}

// builtBinary builds the command as a user has it.
func builtBinary(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "trainclustering")
	text, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	require.NoError(t, err, string(text))
	return path
}

func mustReadDir(t *testing.T, dir string) []os.DirEntry {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	return entries
}
