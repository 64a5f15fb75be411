package kmeans

import "math"

// unitOf is the power of two in which x is measured, so that the squares of its
// values, and their sums, are numbers of float32 and do not vanish: 0, for none,
// unless the largest size is below 2⁻³⁰ or above 2³⁰.
func unitOf(x []float32) (unit int) {
	var top uint32 // as bits without the sign, which have the order of sizes
	for _, v := range x {
		top = max(top, math.Float32bits(v)&^(1<<31))
	}
	if _, unit = math.Frexp(float64(math.Float32frombits(top))); -30 <= unit && unit <= 30 {
		return 0
	}
	return unit
}

// inUnits is x/2^unit: exact, but for values that vanish beside the largest.
func inUnits(x []float32, unit int) []float32 {
	if unit == 0 {
		return x
	}
	y := make([]float32, len(x))
	for i, v := range x {
		y[i] = float32(math.Ldexp(float64(v), -unit))
	}
	return y
}
