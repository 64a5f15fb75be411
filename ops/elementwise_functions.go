package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
)

// Softplus is log(1 + eˣ), elementwise, without overflow.
//
// Gradient: to x, g·sigmoid(x).
func Softplus(x *G.Node) (*G.Node, error) {
	return apply(unary{
		name: "Softplus", f: softplus,
		df: func(x, _ float64) float64 { return sigmoid(x) },
	}.op(), x)
}

// softplus is log(1 + eˣ).
func softplus(x float64) float64 { return math.Max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }

// sigmoid is 1/(1 + e⁻ˣ).
func sigmoid(x float64) float64 {
	if x < 0 {
		e := math.Exp(x)
		return e / (1 + e)
	}
	return 1 / (1 + math.Exp(-x))
}

// Log is the natural logarithm of x > 0, elementwise. At x ≤ 0 it is 0, with
// derivative 0, so that what is not there gives no infinity.
//
// Gradient: to x, g/x.
func Log(x *G.Node) (*G.Node, error) {
	return apply(unary{
		name: "Log",
		f: func(x float64) float64 {
			if x <= 0 {
				return 0
			}
			return math.Log(x)
		},
		df: func(x, _ float64) float64 {
			if x <= 0 {
				return 0
			}
			return 1 / x
		},
	}.op(), x)
}

// Clamp is x, but lo below lo and hi above hi, elementwise.
//
// Gradient: to x, g where lo ≤ x ≤ hi and 0 elsewhere.
func Clamp(x *G.Node, lo, hi float64) (*G.Node, error) {
	if !(lo <= hi) {
		return nil, fmt.Errorf("ops: Clamp: from %v to %v, want numbers that do not fall", lo, hi)
	}
	return apply(unary{
		name: "Clamp", attrs: fmt.Sprint(lo, hi),
		f: func(x float64) float64 { return math.Min(math.Max(x, lo), hi) },
		df: func(x, _ float64) float64 {
			if x < lo || x > hi {
				return 0
			}
			return 1
		},
	}.op(), x)
}

// Detach is x as a constant: its value, without a gradient.
func Detach(x *G.Node) (*G.Node, error) {
	o := affineOp(1, 0)
	o.name, o.diff = "Detach", nil
	return apply(o, x)
}
