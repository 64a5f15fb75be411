package main

import (
	"math/rand/v2"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
)

// bestRestart is the best of the restarts.
type bestRestart struct {
	*model.Fit
	Restart int // counted from 0
	Seed    uint64
	History history
	Totals  []float64 // of every restart that was finished, and of the one that was stopped
	Steps   []float64 // seconds of every training step of every restart
	Found   [][]int   // the clusters of every restart

	Partial     bool   // the last of them was stopped within
	Interrupted string // where the training was stopped; "" where it ended by itself
}

// history is what each epoch of one restart gave: a row of losses, in the
// order of Names, and the total behind them.
type history struct {
	Names []string
	Rows  [][]float64
}

// last is the row of the last epoch.
func (h history) last() []float64 { return h.Rows[len(h.Rows)-1] }

// total is the loss that the last epoch minimised.
func (h history) total() float64 { return h.last()[len(h.Names)] }

// restartSeed gives the first restart the seed itself and the others seeds of
// their own drawn from it, short ones, so that `--seed` repeats any of them and
// neighbouring seeds share no restart.
func restartSeed(seed uint64, restart int) uint64 {
	if restart == 0 {
		return seed
	}
	return uint64(rand.New(rand.NewPCG(seed, uint64(restart))).Uint32())
}

// triedK is what some trainings of one k gave.
type triedK struct {
	K          int
	Modularity float64            // mean of the runs
	Silhouette metricsfile.Figure // mean of the runs; NaN where the features are as they came
	Best       float64            // the highest modularity of a run
	first      float64            // modularity of the run with the seed itself
}
