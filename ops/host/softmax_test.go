package host_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graphpool/graphpool/ops/host"
)

// The gradient of Σ g·softmax(x/τ) by x, by central differences.
func TestSoftMaxGrad(t *testing.T) {
	const n, temperature, h = 3, .7, 1e-6
	x, g := []float64{.1, -2, 1, 3, 3, -1}, []float64{1, 2, -3, .5, 0, 4}
	softmax := func(x []float64) (y []float64) {
		for lo := 0; lo < len(x); lo += n {
			sum := 0.
			for _, v := range x[lo : lo+n] {
				sum += math.Exp(v / temperature)
			}
			for _, v := range x[lo : lo+n] {
				y = append(y, math.Exp(v/temperature)/sum)
			}
		}
		return y
	}
	inner := func(i int, by float64) (sum float64) {
		at := append([]float64(nil), x...)
		at[i] += by
		for j, v := range softmax(at) {
			sum += g[j] * v
		}
		return sum
	}
	want := make([]float64, len(x))
	for i := range want {
		want[i] = (inner(i, h) - inner(i, -h)) / (2 * h)
	}
	out := append([]float64(nil), g...)
	host.SoftMaxGrad(out, softmax(x), out, n, temperature) // in place
	assert.InDeltaSlice(t, want, out, 1e-9)
	host.SoftMaxGrad[float32](nil, nil, nil, 0, 1)
	assert.Panics(t, func() { host.SoftMaxGrad(out, out[:3], out, n, 1) })
}
