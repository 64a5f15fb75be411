package runner

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
)

// Training is a training as it is measured: that of the papers, on the features
// and the edges of the file, by a graph convolution of 64 units, no annealing,
// seed 0.
type Training struct {
	Bin, File, Method  string
	K, Epochs, Threads int
}

// Metrics is what a training costs.
type Metrics struct {
	Edges   int     `json:"edges"`
	Seconds float64 `json:"seconds_per_epoch"` // the median
	RSS     int64   `json:"peak_rss_bytes"`
}

// In runs the training, with its results in dir.
func (t Training) In(dir string) (m Metrics, err error) {
	_, err = Output("", nil, t.Bin, "train", "--data", t.File, "--method", t.Method, "--k", strconv.Itoa(t.K), "--preset", "paper", "--encoder", "gcn",
		"--hidden", "64", "--epochs", strconv.Itoa(t.Epochs), "--anneal", "none", "--seed", "0", "--threads", strconv.Itoa(t.Threads), "--quiet", "--out", dir)
	if err != nil {
		return m, err
	}
	data, err := os.ReadFile(filepath.Join(dir, "metrics.json"))
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(data, &m)
}
