package outcome

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

// The summary says how far a training came that was stopped, and has a worst loss
// only where there are several.
func TestAStoppedTrainingIsTold(t *testing.T) {
	for want, best := range map[string]Best{
		"restart 1 of 4 (seed 9), stopped in epoch 100 of 1,000: loss -0.74115; restarts 2 to 4 did not run":                     {Totals: []float64{-.7}, StoppedIn: 100, Interrupted: "x"},
		"restart 1 of 4 (seed 9): loss -0.74115, worst -0.50000; restart 3 stopped in epoch 7 of 1,000; restart 4 did not run":   {Totals: []float64{-.7, -.6, -.5}, StoppedIn: 7, Interrupted: "x"},
		"restart 3 of 4 (seed 9), stopped in epoch 7 of 1,000: loss -0.74115, worst -0.50000, 1 diverged; restart 4 did not run": {Totals: []float64{-.5, math.NaN(), -.7}, Restart: 2, StoppedIn: 7, Interrupted: "x", Diverged: []string{"d"}},
		"restart 1 of 4 (seed 9): loss -0.74115; restarts 2 to 4 did not run":                                                    {Totals: []float64{-.7}, Interrupted: "x"},
		"restart 1 of 4 (seed 9): loss -0.74115, worst -0.50000; restart 4 stopped in epoch 7 of 1,000":                          {Totals: []float64{-.7, -.6, -.6, -.5}, StoppedIn: 7, Interrupted: "x"},
		"restart 1 of 4 (seed 9): loss -0.74115, worst -0.50000":                                                                 {Totals: []float64{-.7, -.6, -.6, -.5}},
		"restart 1 of 4 (seed 9): loss -0.74115, 3 diverged":                                                                     {Totals: []float64{-.7, math.NaN(), math.NaN(), math.NaN()}, Diverged: []string{"a", "b", "c"}},
	} {
		res := fakeResult()
		best.Seed, best.History = 9, res.Best.History
		res.Best, res.Options.Restarts = &best, 4
		assert.Equal(t, want, bestLine(res))
		if res.Options.State = "st"; best.Interrupted != "" {
			want += "; --resume continues the training"
		}
		assert.Equal(t, want, bestLine(res))
	}
	res := fakeResult()
	res.Best.Restart, res.Best.Totals, res.Options.Restarts = 0, []float64{-.7}, 1
	assert.Equal(t, "the one run, seed 12345", bestLine(res))
	res.Best.StoppedIn, res.Best.Interrupted = 12, "epoch 12"
	assert.Equal(t, "the one run, seed 12345, stopped in epoch 12 of 1,000", bestLine(res))
}
