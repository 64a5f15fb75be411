package outcome

import (
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
	Totals  []float64 // of every restart that was finished, and of the one that was stopped
	Steps   []float64 // seconds of every training step of every restart
	Found   [][]int   // the clusters of every restart

	Partial     bool   // the last of them was stopped within
	Interrupted string // where the training was stopped; "" where it ended by itself
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
// their own drawn from it, short ones, so that `--seed` repeats any of them and
// neighbouring seeds share no restart.
func RestartSeed(seed uint64, restart int) uint64 {
	if restart == 0 {
		return seed
	}
	return uint64(rand.New(rand.NewPCG(seed, uint64(restart))).Uint32())
}

// Tried is what some trainings of one k gave.
type Tried struct {
	K          int
	Modularity float64            // mean of the runs
	Silhouette metricsfile.Figure // mean of the runs; NaN where the features are as they came
	Best       float64            // the highest modularity of a run
	First      float64            // modularity of the run with the seed itself
}
