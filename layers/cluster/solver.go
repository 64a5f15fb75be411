package cluster

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/train"
)

// Optimizer is how the weights step down the loss.
type Optimizer string

// The optimizers. The start is always learned by Adam.
const (
	Adam  Optimizer = "adam"  // train.Adam; "" too
	AdamW Optimizer = "adamw" // train.AdamW, with Options.WeightDecay
	SGD   Optimizer = "sgd"   // train.SGD of momentum .9, with Options.WeightDecay
)

// Schedule is how the learning rate goes on from Options.Rate over the epochs.
type Schedule string

// The schedules.
const (
	ConstantRate Schedule = "constant"      // it stays; "" too
	Cosine       Schedule = "cosine"        // half a cosine down to 0 at the last of Options.Epochs
	Plateau      Schedule = "plateau"       // halved after more than 10 epochs without a fall of the loss, down to a hundredth
	WarmUpCosine Schedule = "warmup-cosine" // up from 0 over the first tenth, then the cosine
)

const (
	momentum        = .9
	plateauFactor   = .5
	plateauPatience = 10
	plateauLeast    = .01 // of the first rate
)

// startRate is the rate of Adam in learning the start: a rate for SGD would be
// far too large.
func (o Options) startRate() float64 {
	if o.Optimizer == SGD {
		return Defaults(o.K).Rate
	}
	return o.Rate
}

// solver makes the solver of the training.
func (o Options) solver() G.Solver {
	if o.Solver != nil {
		return o.Solver(o.Rate)
	}
	switch o.Optimizer {
	case AdamW:
		return train.NewAdamW(o.Rate, o.WeightDecay)
	case SGD:
		s := train.NewSGD(o.Rate, momentum)
		s.Decay = o.WeightDecay
		return s
	}
	return train.NewAdam(o.Rate)
}

// schedule makes the schedule of the rate, nil where it stays.
func (o Options) schedule() train.Schedule {
	cosine := func(steps int) train.Schedule { return train.Cosine{From: o.Rate, Steps: steps} }
	switch o.Schedule {
	case Cosine:
		return cosine(o.Epochs)
	case WarmUpCosine:
		warm := (o.Epochs + 9) / 10
		return train.WarmUp{Steps: warm, Then: cosine(o.Epochs - warm)}
	case Plateau:
		return &train.Plateau{Rate: o.Rate, Factor: plateauFactor, Patience: plateauPatience, Least: plateauLeast * o.Rate, Delta: rise}
	}
	return nil
}

func (o Options) checkSolver() error {
	switch o.Optimizer {
	case "", Adam, AdamW, SGD:
	default:
		return fmt.Errorf("cluster: Optimizer = %q, want %s, %s or %s", o.Optimizer, Adam, AdamW, SGD)
	}
	switch o.Schedule {
	case "", ConstantRate, Cosine, Plateau, WarmUpCosine:
	default:
		return fmt.Errorf("cluster: Schedule = %q, want %s, %s, %s or %s", o.Schedule, ConstantRate, Cosine, Plateau, WarmUpCosine)
	}
	if !(o.WeightDecay >= 0) || math.IsInf(o.WeightDecay, 0) {
		return fmt.Errorf("cluster: WeightDecay = %v, want a number of at least 0", o.WeightDecay)
	}
	if o.WeightDecay > 0 && o.Optimizer != AdamW && o.Optimizer != SGD {
		return fmt.Errorf("cluster: WeightDecay = %v, want 0 beside Adam, or the Optimizer %s or %s", o.WeightDecay, AdamW, SGD)
	}
	return nil
}
