package param

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// VarianceScaling draws with a variance of Scale/n, where n is the weight's
// number of inputs, outputs, or their mean:
//
//	uniform           U(−√(3·Scale/n), √(3·Scale/n))
//	untruncated_normal  N(0, Scale/n)
//	truncated_normal    N(0, Scale/n/0.8796²) cut at two standard deviations
//
// n is at least 1. For the fans see [Fans].
//
// Source: K. He, X. Zhang, S. Ren, J. Sun, "Delving Deep into Rectifiers",
// 2015, arXiv:1502.01852, in the general form that Keras gives it.
type VarianceScaling struct {
	Scale        float64 `json:"scale"`        // Keras: 1
	Mode         string  `json:"mode"`         // fan_in (default, also ""), fan_out or fan_avg
	Distribution string  `json:"distribution"` // truncated_normal (default, also ""), untruncated_normal or uniform
}

// truncatedStddev is the standard deviation of a standard normal variable cut
// at ±2: √(1 − 4φ(2)/(2Φ(2) − 1)), in the digits that Keras uses.
const truncatedStddev = .87962566103423978

// Draw implements [Initializer]; it errs if Scale ≤ 0 or a name is unknown.
func (v VarianceScaling) Draw(rng *rand.Rand, shape []int) ([]float64, error) {
	if !(v.Scale > 0) || math.IsInf(v.Scale, 0) {
		return nil, fmt.Errorf("variance_scaling: Scale = %v, want a positive number", v.Scale)
	}
	in, out := Fans(shape)
	var n float64
	switch v.Mode {
	case "", "fan_in":
		n = float64(in)
	case "fan_out":
		n = float64(out)
	case "fan_avg":
		n = (float64(in) + float64(out)) / 2
	default:
		return nil, fmt.Errorf("variance_scaling: Mode = %q, want fan_in, fan_out or fan_avg", v.Mode)
	}
	variance := v.Scale / max(1, n)
	switch v.Distribution {
	case "", "truncated_normal":
		return TruncatedNormal{Stddev: math.Sqrt(variance) / truncatedStddev}.Draw(rng, shape)
	case "untruncated_normal":
		return Normal{Stddev: math.Sqrt(variance)}.Draw(rng, shape)
	case "uniform":
		limit := math.Sqrt(3 * variance)
		return Uniform{Min: -limit, Max: limit}.Draw(rng, shape)
	}
	return nil, fmt.Errorf("variance_scaling: Distribution = %q, want truncated_normal, untruncated_normal or uniform", v.Distribution)
}

// Fans counts inputs and outputs of a weight as Keras does: (1, 1) without
// axes, (n, n) for a vector of n, the two sizes of a matrix, and for more
// axes the last two, each times the product of the axes before them.
func Fans(shape []int) (in, out int) {
	switch len(shape) {
	case 0:
		return 1, 1
	case 1:
		return shape[0], shape[0]
	}
	field := 1
	for _, n := range shape[:len(shape)-2] {
		field *= n
	}
	return shape[len(shape)-2] * field, shape[len(shape)-1] * field
}
