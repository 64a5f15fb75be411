package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/graphpool/graphpool/docs/performance/internal/runner"
)

// trainer is the command that trains.
type trainer struct {
	*config
	temp, bin string
}

func newTrainer(c *config) (*trainer, error) {
	temp, err := os.MkdirTemp("", "scaling")
	if err != nil {
		return nil, err
	}
	t := &trainer{config: c, temp: temp, bin: filepath.Join(temp, "trainclustering")}
	_, err = runner.Output("", nil, "go", "build", "-o", t.bin, "./cmd/trainclustering")
	return t, err
}

func (t *trainer) close() { _ = os.RemoveAll(t.temp) }

// measure generates a graph and trains on it in rounds.
func (t *trainer) measure(p *point) error {
	file, dir := filepath.Join(t.temp, "graph.npz"), filepath.Join(t.temp, "out")
	_, err := runner.Output("", nil, t.bin, "generate", "sbm", "--nodes", strconv.Itoa(p.Nodes), "--clusters", "16", "--avg-degree", strconv.Itoa(p.Degree),
		"--out-degree", fmt.Sprint(float64(p.Degree)/10), "--feature-dim", strconv.Itoa(p.Features), "--seed", "0", "--out", file)
	if err != nil {
		return err
	}
	training := runner.Training{Bin: t.bin, File: file, Method: t.method, K: p.K, Epochs: max(t.least, t.steps/p.Nodes), Threads: t.threads}
	var seconds []float64
	for range t.rounds {
		m, err := training.In(dir)
		if err != nil {
			return err
		}
		p.Edges, p.RSS = m.Edges, max(p.RSS, m.RSS)
		seconds = append(seconds, m.Seconds)
	}
	slices.Sort(seconds)
	p.Seconds = seconds[len(seconds)/2]
	return nil
}
