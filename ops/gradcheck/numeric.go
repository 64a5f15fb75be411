package gradcheck

import (
	"fmt"
	"math"
)

// numeric differentiates the loss Σ c·y by differences of forward runs.
type numeric struct {
	f       *forward
	cot     [][]float64
	step    float64
	up, low [][]float64 // outputs at x + h and x − h
}

func newNumeric(f *forward, cot [][]float64, step float64) *numeric {
	return &numeric{f, cot, step, make([][]float64, len(cot)), make([][]float64, len(cot))}
}

// central is the difference quotient at entry i of a leaf, with steps of
// scale·step·max(1, |x|). It divides by the distance after rounding to the
// dtype, and takes differences of outputs before it sums: what does not
// change adds no rounding.
func (n *numeric) central(l leaf, i int, scale float64) (float64, error) {
	x, err := entriesOf(l.value)
	if err != nil {
		return 0, err
	}
	x0 := x.at(i)
	h := scale * n.step * max(1, math.Abs(x0))
	defer x.set(i, x0)
	x.set(i, x0+h)
	above := x.at(i)
	if err := n.f.run(n.up); err != nil {
		return 0, fmt.Errorf("%s%v = %v: %w", l.name, unravel(i, l.value.Shape()), above, err)
	}
	x.set(i, x0-h)
	below := x.at(i)
	if err := n.f.run(n.low); err != nil {
		return 0, fmt.Errorf("%s%v = %v: %w", l.name, unravel(i, l.value.Shape()), below, err)
	}
	var sum float64
	for k, c := range n.cot {
		low := n.low[k]
		for j, y := range n.up[k] {
			if d := y - low[j]; d != 0 {
				sum += c[j] * d
			}
		}
	}
	return sum / (above - below), nil
}

// refined returns two more estimates: one with an eighth of the step, for a
// kink nearby, and one by Richardson extrapolation from 32 (in float32, 8)
// times the step and twice that, for rounding and curvature.
func (n *numeric) refined(l leaf, i int) ([]float64, error) {
	wide := 32.0
	if x, _ := entriesOf(l.value); x.f32 != nil {
		wide = 8
	}
	var est [3]float64
	for k, scale := range []float64{1. / 8, wide, 2 * wide} {
		var err error
		if est[k], err = n.central(l, i, scale); err != nil {
			return nil, err
		}
	}
	return []float64{est[0], (4*est[1] - est[2]) / 3}, nil
}
