package param

import (
	"fmt"
	"math"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// Constraint changes a weight on the host after each step of a solver. Those
// of this package are small comparable structs with Keras's formulas,
// defaults and names, and a JSON form (see [ConstraintByName] and
// [UnmarshalConstraint]). ε is 1e-7, as in Keras.
type Constraint interface {
	// Apply changes w in place. It errs, and changes nothing, if a field is
	// out of range, w has no such axis, or w is not a contiguous tensor of
	// float32 or float64.
	Apply(w *tensor.Dense) error
}

// MaxNorm limits the length ‖w‖ of each vector along Axis:
// w·min(‖w‖, Max)/(ε + ‖w‖).
//
// Source: N. Srivastava et al., "Dropout: A Simple Way to Prevent Neural
// Networks from Overfitting", JMLR 2014.
type MaxNorm struct {
	Max  float64 `json:"max_value"` // Keras: 2; 0 means 2
	Axis Axis    `json:"axis"`      // Keras: 0
}

// Apply implements [Constraint].
func (c MaxNorm) Apply(w *tensor.Dense) error {
	limit := c.Max
	if limit == 0 {
		limit = 2
	}
	if !(limit > 0) {
		return fmt.Errorf("max_norm: Max = %v, want more than 0", c.Max)
	}
	return rescale("max_norm", w, c.Axis, func(norm float64) float64 {
		return math.Min(norm, limit) / (normEpsilon + norm)
	})
}

// UnitNorm makes each vector along Axis a unit vector: w/(ε + ‖w‖).
type UnitNorm struct {
	Axis Axis `json:"axis"` // Keras: 0
}

// Apply implements [Constraint].
func (c UnitNorm) Apply(w *tensor.Dense) error {
	return rescale("unit_norm", w, c.Axis, func(norm float64) float64 {
		return 1 / (normEpsilon + norm)
	})
}

// MinMaxNorm draws the length ‖w‖ of each vector along Axis into [Min, Max]:
// w·(Rate·clip(‖w‖, Min, Max) + (1 − Rate)·‖w‖)/(ε + ‖w‖). Rate 1 does so at
// once, a smaller one by that share at each step.
type MinMaxNorm struct {
	Min  float64 `json:"min_value"` // Keras: 0
	Max  float64 `json:"max_value"` // Keras: 1; 0 means 1
	Rate float64 `json:"rate"`      // Keras: 1; 0 means 1
	Axis Axis    `json:"axis"`      // Keras: 0
}

// Apply implements [Constraint].
func (c MinMaxNorm) Apply(w *tensor.Dense) error {
	limit, rate := orOne(c.Max), orOne(c.Rate)
	if !(c.Min >= 0) || !(limit >= c.Min) {
		return fmt.Errorf("min_max_norm: Min = %v, Max = %v, want 0 ≤ Min ≤ Max", c.Min, limit)
	}
	if !(rate > 0 && rate <= 1) {
		return fmt.Errorf("min_max_norm: Rate = %v, want (0, 1]", c.Rate)
	}
	return rescale("min_max_norm", w, c.Axis, func(norm float64) float64 {
		clipped := math.Max(c.Min, math.Min(norm, limit))
		return (rate*clipped + (1-rate)*norm) / (normEpsilon + norm)
	})
}

// NonNeg sets negative elements to 0.
type NonNeg struct{}

// Apply implements [Constraint].
func (NonNeg) Apply(w *tensor.Dense) error {
	if err := checkDense("non_neg", w); err != nil {
		return err
	}
	switch d := w.Data().(type) {
	case []float64:
		nonNeg(d)
	case []float32:
		nonNeg(d)
	}
	return nil
}

func nonNeg[T ops.Float](d []T) {
	for i, v := range d {
		if v < 0 {
			d[i] = 0
		}
	}
}
