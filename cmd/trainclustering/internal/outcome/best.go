package outcome

import (
	"math"
	"math/rand/v2"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
)

// Best is the best of the restarts.
type Best struct {
	*model.Fit
	Restart int // counted from 0
	Seed    uint64
	History History
	Totals  []float64 // of every restart that ended, and of the one that was stopped; NaN of one that diverged
	Steps   []float64 // seconds of every training step of every restart
	Found   [][]int   // the clusters of every restart; nil of one that diverged

	Diverged []string // what became of the restarts that diverged, a sentence each

	StoppedIn   int    // the epoch in which the last of them was stopped; 0: none was
	Failed      error  // of the restart behind them, for another reason than divergence; nil: none
	Interrupted string // where the training was stopped; "" where it ended by itself
}

// Take takes in a restart that ended, and keeps it where its loss is the lowest.
func (b *Best) Take(restart int, seed uint64, fit *model.Fit, h History, clusters []int) {
	total := h.Total()
	b.Totals, b.Found = append(b.Totals, total), append(b.Found, clusters)
	if b.Fit == nil || total < b.History.Total() {
		b.Fit, b.Restart, b.Seed, b.History = fit, restart, seed, h
	}
}

// Diverge takes in a restart that diverged.
func (b *Best) Diverge(what string) {
	b.Totals, b.Found = append(b.Totals, math.NaN()), append(b.Found, nil)
	b.Diverged = append(b.Diverged, what)
}

// Complete tells whether all restarts ran, of which some may have diverged.
func (b *Best) Complete() bool { return b.Interrupted == "" && b.Failed == nil }

// Worst is the highest loss of the restarts that ended.
func (b *Best) Worst() float64 {
	worst := math.Inf(-1)
	for _, v := range b.Totals {
		if !math.IsNaN(v) {
			worst = max(worst, v)
		}
	}
	return worst
}

// History is what each epoch of one restart gave: a row of losses, in the
// order of Names, and the total behind them.
type History struct {
	Names []string
	Rows  [][]float64
}

// Add notes an epoch.
func (h *History) Add(e model.EpochResult) {
	if h.Names == nil {
		for _, l := range e.Losses {
			h.Names = append(h.Names, l.Name)
		}
	}
	row := make([]float64, 0, len(e.Losses)+1)
	for _, l := range e.Losses {
		row = append(row, l.Value)
	}
	h.Rows = append(h.Rows, append(row, e.Total))
}

// Last is the row of the last epoch.
func (h History) Last() []float64 { return h.Rows[len(h.Rows)-1] }

// Total is the loss that the last epoch minimised.
func (h History) Total() float64 { return h.Last()[len(h.Names)] }

// RestartSeed gives the first restart the seed itself and the others seeds of
// their own drawn from it, short ones, so that neighbouring seeds share no
// restart. The features of all are made once, by the seed itself: `--seed` with
// the seed of another restart repeats that one only where features are as they
// came.
func RestartSeed(seed uint64, restart int) uint64 {
	if restart == 0 {
		return seed
	}
	return uint64(rand.New(rand.NewPCG(seed, uint64(restart))).Uint32())
}

// Tried is what some trainings of one k gave. Its figures are NaN where all of
// them diverged.
type Tried struct {
	K          int                `json:"k"`
	Modularity metricsfile.Figure `json:"modularity"` // mean of the runs
	Silhouette metricsfile.Figure `json:"silhouette"` // mean of the runs; NaN where the features are as they came
	Best       metricsfile.Figure `json:"best"`       // the highest modularity of a run
	First      metricsfile.Figure `json:"first"`      // modularity of the run with the seed itself
}
