package param

import (
	"fmt"
	"math/rand/v2"
)

// Uniform draws from the uniform distribution on [Min, Max).
type Uniform struct {
	Min float64 `json:"minval"` // Keras: −0.05
	Max float64 `json:"maxval"` // Keras: 0.05
}

// Draw implements [Initializer]; it errs if Max < Min.
func (u Uniform) Draw(rng *rand.Rand, shape []int) ([]float64, error) {
	if !(u.Max >= u.Min) {
		return nil, fmt.Errorf("random_uniform: Max = %v, want at least Min = %v", u.Max, u.Min)
	}
	w, err := room(rng, shape)
	if err != nil {
		return nil, err
	}
	for i := range w {
		w[i] = u.Min + (u.Max-u.Min)*rng.Float64()
	}
	return w, nil
}

// Normal draws from the normal distribution N(Mean, Stddev²).
type Normal struct {
	Mean   float64 `json:"mean"`   // Keras: 0
	Stddev float64 `json:"stddev"` // Keras: 0.05
}

// Draw implements [Initializer]; it errs if Stddev < 0.
func (n Normal) Draw(rng *rand.Rand, shape []int) ([]float64, error) {
	if !(n.Stddev >= 0) {
		return nil, fmt.Errorf("random_normal: Stddev = %v, want at least 0", n.Stddev)
	}
	w, err := room(rng, shape)
	if err != nil {
		return nil, err
	}
	for i := range w {
		w[i] = n.Mean + n.Stddev*rng.NormFloat64()
	}
	return w, nil
}

// TruncatedNormal draws from N(Mean, Stddev²) and draws again what lies more
// than two Stddev from Mean. The standard deviation of the result is
// 0.8796·Stddev.
type TruncatedNormal struct {
	Mean   float64 `json:"mean"`   // Keras: 0
	Stddev float64 `json:"stddev"` // Keras: 0.05
}

// Draw implements [Initializer]; it errs if Stddev < 0.
func (n TruncatedNormal) Draw(rng *rand.Rand, shape []int) ([]float64, error) {
	if !(n.Stddev >= 0) {
		return nil, fmt.Errorf("truncated_normal: Stddev = %v, want at least 0", n.Stddev)
	}
	w, err := room(rng, shape)
	if err != nil {
		return nil, err
	}
	for i := range w {
		z := rng.NormFloat64()
		for z < -2 || z > 2 {
			z = rng.NormFloat64()
		}
		w[i] = n.Mean + n.Stddev*z
	}
	return w, nil
}
