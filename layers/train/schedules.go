package train

import (
	"encoding/json"
	"fmt"
	"math"
)

// Cosine goes from From to To along half a cosine in so many steps, and stays
// there:
//
//	To + (From − To)·(1 + cos(π·step/Steps))/2
//
// Source: I. Loshchilov, F. Hutter, "SGDR: Stochastic Gradient Descent with Warm
// Restarts", ICLR 2017, arXiv:1608.03983, without restarts.
type Cosine struct {
	From, To float64
	Steps    int
}

// At implements [Schedule].
func (c Cosine) At(step int) float64 {
	if step >= c.Steps {
		return c.To
	}
	return c.To + (c.From-c.To)*(1+math.Cos(math.Pi*float64(max(0, step))/float64(c.Steps)))/2
}

// WarmUp rises in a straight line to what Then gives, in so many steps, and is
// Then, whose steps count from 0 at its end, afterwards; NaN, which a solver refuses, without Then:
//
//	(step + 1)/Steps · Then(0) for step < Steps, Then(step − Steps) from there
type WarmUp struct {
	Steps int
	Then  Schedule
}

// At implements [Schedule].
func (w WarmUp) At(step int) float64 {
	if w.Then == nil {
		return math.NaN()
	}
	if step >= w.Steps {
		return w.Then.At(step - max(0, w.Steps))
	}
	return w.Then.At(0) * float64(step+1) / float64(w.Steps)
}

// Plateau is a learning rate that falls where a figure, such as the loss of the
// validation part, no longer gets better: after more than Patience observations
// without a new best, it is multiplied by Factor, down to Least. [Fit] observes;
// elsewhere Observe is called after each epoch. Make a new one for each training.
//
// Source: PyTorch's ReduceLROnPlateau, without cooldown.
type Plateau struct {
	Rate     float64 // now
	Factor   float64 // in (0, 1)
	Patience int     // observations without a new best that are let pass
	Least    float64 // the rate does not fall below
	Larger   bool    // larger figures are better; default: smaller ones
	Delta    float64 // a new best is better by more than this

	best watch
}

// At implements [Schedule]: the rate as it is now, at any step.
func (p *Plateau) At(int) float64 { return p.Rate }

// Observe takes in a figure. It errs where the figure is NaN or Factor is out
// of range.
func (p *Plateau) Observe(figure float64) error {
	if !(p.Factor > 0 && p.Factor < 1) {
		return fmt.Errorf("train: plateau: Factor = %v, want (0, 1)", p.Factor)
	}
	better, err := p.best.observe(figure, p.Larger, p.Delta)
	if err != nil {
		return fmt.Errorf("train: plateau: %w", err)
	}
	if !better && p.best.Since > p.Patience {
		p.Rate, p.best.Since = math.Max(p.Least, p.Rate*p.Factor), 0
	}
	return nil
}

// plateauState is a Plateau as JSON.
type plateauState struct {
	Rate float64 `json:"rate"`
	watch
}

// MarshalJSON writes the rate and what was observed, for a checkpoint of one's
// own; [Fit] has its own. The options are not written.
func (p *Plateau) MarshalJSON() ([]byte, error) { return json.Marshal(plateauState{p.Rate, p.best}) }

// UnmarshalJSON takes up a rate and what was observed, under the options that
// are set.
func (p *Plateau) UnmarshalJSON(b []byte) error {
	var s plateauState
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("train: plateau: %w", err)
	}
	if !(s.Rate >= 0) || math.IsInf(s.Rate, 0) || s.Since < 0 {
		return fmt.Errorf("train: plateau: rate = %v, since = %d, want at least 0", s.Rate, s.Since)
	}
	p.Rate, p.best = s.Rate, s.watch
	return nil
}

// watch is the best of the figures seen, and how many came since.
type watch struct {
	Seen  bool   `json:"seen"`
	Best  number `json:"best"`
	Since int    `json:"since"`
}

// observe takes in a figure and tells whether it is a new best.
func (w *watch) observe(figure float64, larger bool, delta float64) (bool, error) {
	if math.IsNaN(figure) {
		return false, fmt.Errorf("the figure is NaN, want a number")
	}
	gain := float64(w.Best) - figure
	if larger {
		gain = -gain
	}
	if !w.Seen || gain > delta {
		*w = watch{Seen: true, Best: number(figure)}
		return true, nil
	}
	w.Since++
	return false, nil
}
