package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
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
	return t, command("go", "build", "-o", t.bin, "./cmd/trainclustering")
}

func (t *trainer) close() { _ = os.RemoveAll(t.temp) }

// metrics is what is read of metrics.json.
type metrics struct {
	Edges   int     `json:"edges"`
	Seconds float64 `json:"seconds_per_epoch"`
	RSS     int64   `json:"peak_rss_bytes"`
}

// measure generates a graph and trains on it in rounds.
func (t *trainer) measure(p *point) error {
	file, dir := filepath.Join(t.temp, "graph.npz"), filepath.Join(t.temp, "out")
	err := command(t.bin, "generate", "sbm", "--nodes", strconv.Itoa(p.Nodes), "--clusters", "16", "--avg-degree", strconv.Itoa(p.Degree),
		"--out-degree", fmt.Sprint(float64(p.Degree)/10), "--feature-dim", strconv.Itoa(p.Features), "--seed", "0", "--out", file)
	if err != nil {
		return err
	}
	var seconds []float64
	for range t.rounds {
		m, err := t.train(file, dir, p)
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

// train trains once.
func (t *trainer) train(file, dir string, p *point) (m metrics, err error) {
	epochs := max(t.least, t.steps/p.Nodes)
	err = command(t.bin, "train", "--data", file, "--method", t.method, "--k", strconv.Itoa(p.K), "--encoder", "gcn", "--hidden", "64",
		"--epochs", strconv.Itoa(epochs), "--anneal", "none", "--seed", "0", "--threads", strconv.Itoa(t.threads), "--quiet", "--out", dir)
	if err != nil {
		return m, err
	}
	data, err := os.ReadFile(filepath.Join(dir, "metrics.json"))
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(data, &m)
}

func command(name string, args ...string) error {
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, out)
	}
	return nil
}
