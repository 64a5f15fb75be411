package train

import (
	"errors"
	"fmt"

	"github.com/graphpool/graphpool/layers/param"
)

// EarlyStopping ends a training after more than Patience observations without
// a new best figure, such as the loss of the validation part, and keeps the
// weights of the best one. [Fit] observes and restores. Make a new one for each
// training.
type EarlyStopping struct {
	Patience int     // observations without a new best that are let pass
	Larger   bool    // larger figures are better; default: smaller ones
	Delta    float64 // a new best is better by more than this

	best    watch
	at      int // the number of the best observation
	seen    int
	weights *param.Store
}

// Observe takes in the figure of the weights as they are now, frozen ones too,
// and tells whether to stop. It errs where the figure is NaN.
func (e *EarlyStopping) Observe(store *param.Store, figure float64) (stop bool, err error) {
	better, err := e.best.observe(figure, e.Larger, e.Delta)
	if err != nil {
		return false, fmt.Errorf("train: early stopping: %w", err)
	}
	if better {
		e.weights, e.at = store.Clone(), e.seen
	}
	e.seen++
	return e.best.Since > e.Patience, nil
}

// Best is the best figure, and the number of its observation from 0.
func (e *EarlyStopping) Best() (figure float64, at int) { return float64(e.best.Best), e.at }

// Restore puts the weights of the best observation back. It errs where there
// was none.
func (e *EarlyStopping) Restore(store *param.Store) error {
	if e.weights == nil {
		return errors.New("train: early stopping: nothing was observed, want a figure first")
	}
	return store.CopyFrom(e.weights)
}
